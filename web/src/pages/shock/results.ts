/** What runs answered, as the page draws and compares it. */

import type { Sentence } from '../../lib/said';
import type { Bounds } from './scenario';

export interface RunAnswer {
  weeks: { item: string; week: number; output: Bounds }[];
  items: {
    item: string;
    name: string;
    first_reduced: number | null;
    first_stopped: number | null;
    soonest_stop: number | null;
    weeks_lost: Bounds;
    least_output: number;
    because: Sentence;
  }[];
  notes: Sentence[];
}

export interface FuturesAnswer {
  chances: { item: string; stops: Bounds; short: Bounds; weeks_lost: Bounds; weeks_lost_90: Bounds }[];
  weeks: {
    item: string;
    week: number;
    stopped_by: number;
    output: number;
    output_5?: number | null;
    output_50?: number | null;
    output_95?: number | null;
  }[];
  notes: Sentence[];
}

/** Low, middle and high by week. */
export interface Band {
  low: number[];
  middle: number[];
  high: number[];
}

export interface ItemOutcome {
  item: string;
  name: string;
  band: Band;
  /** From 1; null: not within the horizon. */
  stopped: number | null;
  soonestStop: number | null;
  weeksLost: Bounds;
  least: number;
  because: Sentence;
  /** Of many futures, where they were run. */
  chance: Bounds | null;
  stoppedBy: number[];
}

function byItem<T extends { item: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.item);
    if (group) group.push(row);
    else groups.set(row.item, [row]);
  }
  return groups;
}

/** The items of one course of the scenario, the worst first; the band is from harsh to mild. */
export function readRun(answer: RunAnswer): ItemOutcome[] {
  const weeks = byItem(answer.weeks);
  return answer.items
    .map((row) => {
      const course = weeks.get(row.item) ?? [];
      return {
        item: row.item,
        name: row.name,
        band: {
          low: course.map((week) => week.output.low),
          middle: course.map((week) => week.output.likely),
          high: course.map((week) => week.output.high),
        },
        stopped: row.first_stopped,
        soonestStop: row.soonest_stop,
        weeksLost: row.weeks_lost,
        least: row.least_output,
        because: row.because,
        chance: null,
        stoppedBy: [],
      };
    })
    .sort(worstFirst);
}

function worstFirst(a: ItemOutcome, b: ItemOutcome): number {
  return (
    b.weeksLost.likely - a.weeksLost.likely ||
    b.weeksLost.high - a.weeksLost.high ||
    a.item.localeCompare(b.item, 'en')
  );
}

/** The same items with what thousands of futures say: bands from the 5th to the 95th percentile. */
export function withFutures(items: ItemOutcome[], answer: FuturesAnswer): ItemOutcome[] {
  const weeks = byItem(answer.weeks);
  const chances = new Map(answer.chances.map((row) => [row.item, row]));
  return items.map((item) => {
    const course = weeks.get(item.item) ?? [];
    const chance = chances.get(item.item);
    if (!chance) return item;
    const hasBand = course.some((week) => typeof week.output_5 === 'number');
    const band: Band = hasBand
      ? {
          low: course.map((week) => week.output_5 ?? week.output),
          middle: course.map((week) => week.output_50 ?? week.output),
          high: course.map((week) => week.output_95 ?? week.output),
        }
      : item.band;
    return {
      ...item,
      band,
      chance: chance.stops,
      weeksLost: chance.weeks_lost,
      stoppedBy: course.map((week) => week.stopped_by),
    };
  });
}

export interface Comparison {
  item: string;
  name: string;
  /** By run, in the order of the runs; null: it was not asked about in that run. */
  cells: (ItemOutcome | null)[];
}

/** One row for each item of any of the runs, the one that loses most in any of them first. */
export function compare(runs: ItemOutcome[][]): Comparison[] {
  const rows = new Map<string, Comparison>();
  runs.forEach((items, run) => {
    for (const item of items) {
      let row = rows.get(item.item);
      if (!row) {
        row = { item: item.item, name: item.name, cells: runs.map(() => null) };
        rows.set(item.item, row);
      }
      row.cells[run] = item;
    }
  });
  const most = (row: Comparison): number =>
    Math.max(...row.cells.map((cell) => cell?.weeksLost.likely ?? 0));
  return [...rows.values()].sort(
    (a, b) => most(b) - most(a) || a.item.localeCompare(b.item, 'en'),
  );
}

export interface RemediesAnswer {
  remedies: {
    remedy: string;
    kind: string;
    item: string;
    what: Sentence;
    cost_musd: Bounds;
    avoided: Bounds;
    per_musd: Bounds;
    finding: string;
    bought: number;
  }[];
  lists: {
    budget_musd: number;
    cost_musd: Bounds;
    avoided: Bounds;
    left: number;
    gap: number;
    remedies: string;
  }[];
  notes: Sentence[];
}

export interface BudgetPoint {
  budget: number;
  cost: Bounds;
  avoided: Bounds;
  left: number;
  gap: number;
  list: string;
}

/** Whether any of the futures that were drawn loses something without remedies. */
export function losesSomething(answer: RemediesAnswer): boolean {
  return answer.lists.some((list) => list.left + list.avoided.likely > 0);
}

/** Notes of an answer that are of use where nothing is lost: not who saves how little. */
export function notesOf(answer: RemediesAnswer): Sentence[] {
  const ofLosses = ['remedies-without', 'remedies-nothing-lost', 'remedies-proof', 'remedies-together'];
  return losesSomething(answer) ? answer.notes : answer.notes.filter((note) => !ofLosses.includes(note.code ?? ''));
}

/** So many futures were drawn to judge the remedies. */
export const futuresOf = (answer: RemediesAnswer): number =>
  Number(answer.notes.find((note) => note.code === 'remedies-without')?.values?.['futures']?.[0] ?? 0);

/** Lists of all answers by budget, each budget once: the latest answer counts. */
export function budgetCurve(answers: RemediesAnswer[]): BudgetPoint[] {
  const points = new Map<number, BudgetPoint>();
  for (const answer of answers) {
    for (const list of answer.lists) {
      points.set(list.budget_musd, {
        budget: list.budget_musd,
        cost: list.cost_musd,
        avoided: list.avoided,
        left: list.left,
        gap: list.gap,
        list: list.remedies,
      });
    }
  }
  return [...points.values()].sort((a, b) => a.budget - b.budget);
}

/** The largest budget of the curve that is not above the one asked for. */
export function pointAt(curve: BudgetPoint[], budget: number): BudgetPoint | null {
  let found: BudgetPoint | null = null;
  for (const point of curve) if (point.budget <= budget) found = point;
  return found;
}
