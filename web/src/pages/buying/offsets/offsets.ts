// The ledger of offsets as `adic offset` answers, and a book's two tables made ready to send.
import exampleObligations from '../../../../../data/procure/offset/sample/obligations.csv?raw';
import exampleTransactions from '../../../../../data/procure/offset/sample/transactions.csv?raw';
import type { Parameters } from '../../../lib/running.svelte';
import { cellsOf } from '../../../lib/cells';
import type { Sentence } from '../../../lib/said';

export interface Obligation {
  obligation: string;
  state: string;
  supplier: string;
  policy: string;
  version: string;
  currency: string;
  contract_value: number;
  owed: number;
  nominal: number;
  refused: number;
  credited: number;
  credited_share: number | null;
  transferred: number;
  real_ratio: number;
}

export interface Balance {
  obligation: string;
  due: string;
  owed: number;
  applied: number;
  drawn: number;
  missing: number;
  penalty: number | null;
  bank: number;
  lapsed: number;
  late: number;
  audited: number;
  unaudited: number;
}

export interface Clash {
  deed: string;
  kind: string;
  lines: string | string[];
  states: string | string[];
  refused: number;
}

export interface Reading {
  obligation: string;
  policy: string;
  version: string;
  article: string | null;
  owed: number | null;
  credited: number;
  core: number;
  core_needed: number | null;
  met: string;
}

export interface Deed {
  line: string;
  obligation: string;
  day: string;
  deed: string;
  category: string;
  claimed: number;
  refused: number;
  transferred: number;
  credit: number;
  audited_credit: number | null;
}

export interface Policy {
  policy: string;
  version: string;
  from: string;
  title: string;
  publisher: string;
  confidence: string;
  note: string | null;
}

export interface OffsetAnswer {
  obligations?: Obligation[];
  balances?: Balance[];
  clashes?: Clash[];
  readings?: Reading[];
  lines?: Deed[];
  policies?: Policy[];
  problems?: { file: string; row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

/** The two tables of a book. */
export interface Book {
  obligations?: string;
  transactions?: string;
}

export const exampleBook: Book = { obligations: exampleObligations, transactions: exampleTransactions };

/** The tables by what their first rows name; undefined: one of them is none of a book. */
export function bookOf(texts: string[], before: Book = {}): Book | undefined {
  const found = { ...before };
  for (const text of texts) {
    const head = (cellsOf(text)[0] ?? []).map((name) => name.trim().toLowerCase());
    if (head.includes('signed_on') && head.includes('contract_value')) found.obligations = text;
    else if (head.includes('line') && head.includes('deed')) found.transactions = text;
    else return undefined;
  }
  return found;
}

/** `on`: a day, or empty for the last one of the book. */
export function parametersOf(book: Book, on: string): Parameters {
  return { book: { files: { 'obligations.csv': book.obligations ?? '', 'transactions.csv': book.transactions ?? '' } }, ...(on ? { on } : {}) };
}

export const listed = (value: string | string[]): string => (Array.isArray(value) ? value.join(', ') : value);

/** How far the credit is above what is real; null: nothing real has come. */
export function inflation(one: Obligation): number | null {
  return one.transferred > 0 ? one.credited / one.transferred : null;
}
