// What states pay in and the work that comes back, as `adic return` answers.
import example from '../../../../../data/procure/return/sample.csv?raw';
import type { Parameters } from '../../../lib/running.svelte';
import type { Sentence } from '../../../lib/said';

export const exampleEntries = example;

export interface StateReturn {
  state: string;
  contribution: number;
  paid_share: number | null;
  work: number;
  weighted: number;
  unweighted: number | null;
  coefficient: number | null;
  standing: string;
  deficit: number;
  surplus: number;
  balance: number | null;
}

export interface YearReturn {
  year: string;
  state: string;
  contribution: number;
  weighted: number;
  of_year: number | null;
  of_window: number | null;
}

export interface ClassReturn {
  class: string | null;
  state: string;
  work: number;
  weighted: number;
  coefficient: number | null;
}

export interface AwardRule {
  rule: string;
  place: string;
  value: number;
}

export interface ReturnAnswer {
  returns?: StateReturn[];
  years?: YearReturn[];
  classes?: ClassReturn[];
  rules?: AwardRule[];
  problems?: { row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

/** What is asked besides the table; empty: the program's own. */
export interface Question {
  window: string;
  year: string;
  floor: string;
  cap: string;
}

export function parametersOf(table: string, question: Question): Parameters {
  const said = Object.entries(question).filter(([, value]) => value.trim());
  return { file: { content: table }, ...Object.fromEntries(said.map(([name, value]) => [name, value.trim()])) };
}

/** Where a coefficient stands on a line from 0 to the most that is drawn, which is a little above the cap; per cent. */
export function placesOf(returns: StateReturn[], cap: number): (value: number) => number {
  const most = 1.1 * Math.max(cap, ...returns.map((one) => one.coefficient ?? 0));
  return (value) => (100 * value) / most;
}

export const standingKey = (standing: string) => standing.replace(' ', '_');
