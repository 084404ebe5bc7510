// A plan of purchases among states, as it is typed or read from its two tables, and what `adic reciprocity` makes of it.
import exampleStates from '../../../../../data/procure/reciprocity/states.csv?raw';
import examplePairs from '../../../../../data/procure/reciprocity/pairs.csv?raw';
import type { Parameters } from '../../../lib/running.svelte';
import { cellsOf } from '../../../lib/cells';
import type { Sentence } from '../../../lib/said';

/** All as typed; premiums in per cent. */
export interface PlannedState {
  state: string;
  demand: string;
  capacity: string;
  outside: string;
  carry: string;
  band: string;
}

export interface Plan {
  states: PlannedState[];
  /** By buyer and seller, in per cent; empty or missing: they do not trade. */
  premiums: Record<string, string>;
  /** The most that may be bought, of pairs that have such a limit. */
  most: Record<string, string>;
  balance: 'none' | 'band' | 'ratio';
  band: string;
  ratio: string;
  cap: string;
}

export interface PurchaseRow {
  buyer: string;
  seller: string;
  value: number;
  premium: number;
  cost: number;
}

export interface StateRow {
  state: string;
  bought: number;
  sold: number;
  outside: number;
  carry: number;
  ratio: number | null;
  band: number | null;
  band_price: number | null;
}

export interface PlanAnswer {
  purchases?: PurchaseRow[];
  states?: StateRow[];
  too_tight?: { state: string; wider: number }[];
  problems?: { file: string; row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export const pairKey = (buyer: string, seller: string) => `${buyer} ${seller}`;

export function newState(): PlannedState {
  return { state: '', demand: '', capacity: '', outside: '8', carry: '0', band: '' };
}

export function newPlan(): Plan {
  return { states: [newState(), newState(), newState()], premiums: {}, most: {}, balance: 'band', band: '5', ratio: '25', cap: '10' };
}

const percent = (part: string) => (part === '' ? '' : String(Number((Number(part) * 100).toFixed(8))));
const part = (text: string) => String(Number((Number(text) / 100).toFixed(10)));

function objectsOf(text: string): Record<string, string>[] {
  const [head = [], ...rows] = cellsOf(text);
  const names = head.map((name) => name.trim().toLowerCase());
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, (row[at] ?? '').trim()])));
}

/** The two tables, in any order; undefined: these are not they. */
export function readPlan(texts: string[], rest: Plan): Plan | undefined {
  const tables = texts.map(objectsOf);
  const states = tables.find((rows) => rows[0] && 'demand' in rows[0]);
  const pairs = tables.find((rows) => rows[0] && 'premium' in rows[0] && 'seller' in rows[0]);
  if (!states || !pairs) return undefined;
  return {
    ...rest,
    states: states.map((row) => ({ state: row['state'] ?? '', demand: row['demand'] ?? '', capacity: row['capacity'] ?? '', outside: percent(row['outside_premium'] ?? ''), carry: row['carry'] || '0', band: row['band'] ?? '' })),
    premiums: Object.fromEntries(pairs.map((row) => [pairKey(row['buyer'] ?? '', row['seller'] ?? ''), percent(row['premium'] ?? '')])),
    most: Object.fromEntries(pairs.filter((row) => row['most']).map((row) => [pairKey(row['buyer'] ?? '', row['seller'] ?? ''), row['most'] ?? ''])),
  };
}

export function examplePlan(): Plan {
  return readPlan([exampleStates, examplePairs], newPlan())!;
}

const isFigure = (text: string) => /^-?\d+(\.\d+)?$/.test(text.trim());
const isAmount = (text: string) => isFigure(text) && Number(text) >= 0;

/** What keeps it from being worked out, by field: states.0.demand, premium.A B, band. */
export function problemsOf(plan: Plan): Record<string, string> {
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  plan.states.forEach((one, row) => {
    if (!one.state) found[`states.${row}.state`] = 'buying.wrong.state';
    else if (seen.has(one.state)) found[`states.${row}.state`] = 'buying.wrong.twice';
    seen.add(one.state);
    for (const key of ['demand', 'capacity', 'outside'] as const) if (!isAmount(one[key])) found[`states.${row}.${key}`] = 'buying.wrong.amount';
    if (!isFigure(one.carry)) found[`states.${row}.carry`] = 'buying.wrong.carry';
    if (one.band && !isAmount(one.band)) found[`states.${row}.band`] = 'buying.wrong.amount';
  });
  for (const [pair, text] of Object.entries(plan.premiums)) if (text.trim() && !isFigure(text)) found[`premium.${pair}`] = 'buying.wrong.percent';
  if (plan.balance === 'band' && !isAmount(plan.band)) found['band'] = 'buying.wrong.amount';
  if (plan.balance === 'ratio' && !(isAmount(plan.ratio) && Number(plan.ratio) <= 100)) found['ratio'] = 'buying.wrong.percent';
  if (!isFigure(plan.cap)) found['cap'] = 'buying.wrong.percent';
  return found;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Requires: no problems. */
export function parametersOf(plan: Plan): Parameters {
  const states = plan.states.map((one) => [quoted(one.state), one.demand, one.capacity, part(one.outside), one.carry, one.band].join(','));
  const known = plan.states.map((one) => one.state);
  const pairs = known.flatMap((buyer) =>
    known
      .filter((seller) => seller !== buyer && plan.premiums[pairKey(buyer, seller)]?.trim())
      .map((seller) => [quoted(buyer), quoted(seller), part(plan.premiums[pairKey(buyer, seller)]!), plan.most[pairKey(buyer, seller)] ?? ''].join(',')),
  );
  const files = {
    'states.csv': `state,demand,capacity,outside_premium,carry,band\n${states.join('\n')}\n`,
    'pairs.csv': `buyer,seller,premium,most\n${pairs.join('\n')}\n`,
  };
  const asked: Parameters = { plan: { files }, 'premium-cap': part(plan.cap) };
  if (plan.balance === 'band') return { ...asked, band: plan.band };
  return plan.balance === 'ratio' ? { ...asked, ratio: part(plan.ratio) } : asked;
}

export const totalOf = (answer: PlanAnswer) => (answer.purchases ?? []).reduce((sum, row) => sum + row.cost, 0);
