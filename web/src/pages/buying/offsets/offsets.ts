// The ledger of offsets as `adic offset` answers, and a book's two tables made ready to send.
import type { Parameters } from '../../../lib/running.svelte';
import { cellsOf } from '../../../lib/cells';

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
  notes: string[];
}

/** The files of a book by what their first rows name; undefined: these are not the two tables of one. */
export function bookOf(texts: string[]): Record<string, string> | undefined {
  const named = texts.map((text) => ({ text, head: (cellsOf(text)[0] ?? []).map((name) => name.trim().toLowerCase()) }));
  const obligations = named.find(({ head }) => head.includes('signed_on') && head.includes('contract_value'));
  const transactions = named.find(({ head }) => head.includes('line') && head.includes('deed'));
  return obligations && transactions ? { 'obligations.csv': obligations.text, 'transactions.csv': transactions.text } : undefined;
}

/** `on`: a day, or empty for the last one of the book. Without a book: the made-up one that comes with the program. */
export function parametersOf(book: Record<string, string> | undefined, on: string): Parameters {
  return { ...(book ? { book: { files: book } } : {}), ...(on ? { on } : {}) };
}

export const listed = (value: string | string[]): string => (Array.isArray(value) ? value.join(', ') : value);

/** How far the credit is above what is real; null: nothing real has come. */
export function inflation(one: Obligation): number | null {
  return one.transferred > 0 ? one.credited / one.transferred : null;
}
