// The books of reciprocal purchases: lines as they stand in the file, and balances as `adic reciprocity ledger` works them out.
import example from '../../../../../data/procure/reciprocity/ledger.csv?raw';
import { cellsOf } from '../../../lib/cells';
import type { Sentence } from '../../../lib/said';

export const exampleLedger = example;

export interface BalanceRow {
  year: number;
  state: string;
  bought: number;
  sold: number;
  lapsed: number;
  carry: number;
}

export interface LedgerAnswer {
  balances?: BalanceRow[];
  net?: { state: string; net: number }[];
  payments?: { debtor: string; creditor: string; amount: number }[];
  problems?: { row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export interface Line {
  number: number;
  year: number;
  buyer: string;
  seller: string;
  amount: number;
  isCorrection: boolean;
  corrects: string;
  evidence: string;
}

/** Requires: a ledger that `adic reciprocity ledger` has accepted. */
export function linesOf(text: string): Line[] {
  const [head = [], ...rows] = cellsOf(text);
  const at = (name: string) => head.findIndex((column) => column.trim().toLowerCase() === name);
  const places = { number: at('number'), year: at('year'), buyer: at('buyer'), seller: at('seller'), amount: at('amount'), kind: at('kind'), corrects: at('corrects'), evidence: at('evidence') };
  return rows.map((row) => {
    const cell = (place: number) => (place < 0 ? '' : (row[place] ?? '').trim());
    return {
      number: Number(cell(places.number)),
      year: Number(cell(places.year)),
      buyer: cell(places.buyer),
      seller: cell(places.seller),
      amount: Number(cell(places.amount)),
      isCorrection: cell(places.kind) === 'correction',
      corrects: cell(places.corrects),
      evidence: cell(places.evidence),
    };
  });
}

/** A line as one of its two states sees it. */
export interface Entry extends Line {
  way: 'in' | 'out';
  partner: string;
}

/** What a state bought (in) and sold (out), in the order of the books. */
export function entriesOf(lines: Line[], state: string): Entry[] {
  return lines.filter((line) => line.buyer === state || line.seller === state).map((line) => ({ ...line, way: line.buyer === state ? 'in' : 'out', partner: line.buyer === state ? line.seller : line.buyer }));
}

export interface Standing {
  state: string;
  bought: number;
  sold: number;
  lapsed: number;
  carry: number;
  net: number;
}

/** Where each state stands now: sums over all years, and what still counts. */
export function standingsOf(answer: LedgerAnswer): Standing[] {
  const states = [...new Set((answer.balances ?? []).map((row) => row.state))].sort();
  return states.map((state) => {
    const rows = (answer.balances ?? []).filter((row) => row.state === state);
    const sum = (of: (row: BalanceRow) => number) => Math.round(100 * rows.reduce((all, row) => all + of(row), 0)) / 100;
    return {
      state,
      bought: sum((row) => row.bought),
      sold: sum((row) => row.sold),
      lapsed: sum((row) => row.lapsed),
      carry: rows[rows.length - 1]?.carry ?? 0,
      net: answer.net?.find((one) => one.state === state)?.net ?? 0,
    };
  });
}
