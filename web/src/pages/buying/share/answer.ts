// What `adic share` answers, side by side: a row for each state, a column for each rule.
import type { Schemas } from '../../../lib/api';
import type { End } from './share';
import type { Sentence } from '../../../lib/said';

export interface ShareRow {
  state: string;
  rule: string;
  quantity: number | null;
  alone: number;
  pays: number;
  saves: number;
  saved_share: number | null;
}

export interface RuleRow {
  rule: string;
  in_core: 'yes' | 'no';
  objector: string | null;
  would_save: number | null;
  last: string | null;
  raised: string | null;
  rise: number | null;
}

export interface ObjectionRow {
  rule: string;
  state: string;
  coalition: string;
  would_save: number;
}

export interface LeaverRow {
  state: string;
  pays_alone: number;
  others_pay: number;
  lost: number;
}

export interface ProofRow {
  step: number;
  would_save: string;
  coalition: string;
  weight: string;
  at_bound: string;
}

export interface ShareAnswer {
  shares: ShareRow[];
  rules: RuleRow[];
  objections: ObjectionRow[];
  leavers: LeaverRow[];
  proof?: ProofRow[];
  /** Of a learning curve. */
  lots?: NonNullable<Schemas['Pool']['lots']>;
  /** Of a table of terms. */
  splits?: NonNullable<Schemas['Pool']['splits']>;
  saving?: { saved: Schemas['Estimate'] }[];
  problems?: { row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export interface Cell {
  pays: number;
  saves: number;
  part: number | null;
  /** Between which what it saves lies; undefined: the quantities are known. */
  savesBetween?: { low: number; high: number };
}

export interface StateRow {
  state: string;
  quantity: number | null;
  /** Of the whole quantity; undefined: a game of amounts. */
  volume: number | undefined;
  alone: number;
  cells: Record<string, Cell>;
}

export interface SideBySide {
  rules: string[];
  rows: StateRow[];
  together: number;
  apart: number;
}

/** Where a large buyer's own gain by the equal price falls as it brings more: (3 - sqrt 5) / 2 (Schotanus, Telgen, de Boer 2008). */
export const equalPriceLimit = (3 - Math.sqrt(5)) / 2;

export function sideBySide(answers: Partial<Record<End, ShareAnswer>> & { likely: ShareAnswer }): SideBySide {
  const { likely } = answers;
  const rules = [...new Set(likely.shares.map((one) => one.rule))];
  const states = [...new Set(likely.shares.map((one) => one.state))];
  const all = likely.shares.filter((one) => one.rule === rules[0]);
  const volume = all.reduce((sum, one) => sum + (one.quantity ?? 0), 0);
  const saves = (end: End, state: string, rule: string) => answers[end]?.shares.find((one) => one.state === state && one.rule === rule)?.saves;
  const rows = states.map((state): StateRow => {
    const own = likely.shares.filter((one) => one.state === state);
    const first = own[0]!;
    const cells = own.map((one): [string, Cell] => {
      const ends = [saves('low', state, one.rule), one.saves, saves('high', state, one.rule)].filter((value): value is number => value !== undefined);
      const cell: Cell = { pays: one.pays, saves: one.saves, part: one.saved_share };
      return [one.rule, ends.length > 1 ? { ...cell, savesBetween: { low: Math.min(...ends), high: Math.max(...ends) } } : cell];
    });
    return { state, quantity: first.quantity, volume: first.quantity === null || volume === 0 ? undefined : first.quantity / volume, alone: first.alone, cells: Object.fromEntries(cells) };
  });
  return { rules, rows, together: all.reduce((sum, one) => sum + one.pays, 0), apart: all.reduce((sum, one) => sum + one.alone, 0) };
}

/** States that bring so much that the equal price punishes them for it. */
export function largeBuyers(table: SideBySide): string[] {
  return table.rows.filter((row) => (row.volume ?? 0) > equalPriceLimit).map((row) => row.state);
}

/** Whether every way to share leaves somebody better off alone: if there is a core, the nucleolus is in it. */
export function hasNoCore(answer: ShareAnswer): boolean {
  return answer.rules.some((one) => /nucleolus/.test(one.rule) && one.in_core === 'no');
}
