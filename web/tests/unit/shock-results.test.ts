import { describe, expect, it } from 'vitest';

import {
  budgetCurve,
  compare,
  pointAt,
  readRun,
  withFutures,
  type FuturesAnswer,
  type RemediesAnswer,
  type RunAnswer,
} from '../../src/pages/shock/results';

const exactly = (value: number) => ({ low: value, likely: value, high: value });

function run(lost: Record<string, number>): RunAnswer {
  return {
    weeks: Object.keys(lost).flatMap((item) =>
      [1, 2].map((week) => ({ item, week, output: { low: 0.1, likely: 0.5, high: 1 } })),
    ),
    items: Object.entries(lost).map(([item, weeks]) => ({
      item,
      name: item.toUpperCase(),
      first_reduced: 1,
      first_stopped: weeks > 3 ? 2 : null,
      soonest_stop: 1,
      weeks_lost: exactly(weeks),
      least_output: 0.5,
      because: { text: '' },
    })),
    notes: [],
  };
}

describe('the outcome of a run', () => {
  it('has a band for each item, the worst item first', () => {
    const items = readRun(run({ boat: 1, radio: 5, drone: 1 }));
    expect(items.map((item) => item.item)).toEqual(['radio', 'boat', 'drone']);
    expect(items[0]!.band).toEqual({ low: [0.1, 0.1], middle: [0.5, 0.5], high: [1, 1] });
    expect(items[0]!.stopped).toBe(2);
    expect(items[1]!.stopped).toBeNull();
  });

  it('takes its band from many futures where they were run', () => {
    const week = { stopped_by: 0.25, output: 0.7, output_5: 0.2, output_50: 0.8, output_95: 1 };
    const answer: FuturesAnswer = {
      chances: [
        {
          item: 'boat',
          stops: { low: 0.2, likely: 0.25, high: 0.3 },
          short: exactly(0.5),
          weeks_lost: exactly(2),
          weeks_lost_90: exactly(4),
        },
      ],
      weeks: [1, 2].map((n) => ({ item: 'boat', week: n, ...week })),
      notes: [],
    };
    const [boat, radio] = withFutures(readRun(run({ boat: 3, radio: 1 })), answer);
    expect(boat!.band).toEqual({ low: [0.2, 0.2], middle: [0.8, 0.8], high: [1, 1] });
    expect(boat!.chance!.likely).toBe(0.25);
    expect(boat!.stoppedBy).toEqual([0.25, 0.25]);
    expect(radio!.chance).toBeNull();
    const plain = { ...answer, weeks: [{ item: 'boat', week: 1, stopped_by: 0, output: 1 }] };
    expect(withFutures(readRun(run({ boat: 3 })), plain)[0]!.band.low).toEqual([0.1, 0.1]);
  });

  it('stands beside others, with a gap where an item was not asked about', () => {
    const rows = compare([readRun(run({ boat: 1, radio: 2 })), readRun(run({ boat: 4 }))]);
    expect(rows.map((row) => row.item)).toEqual(['boat', 'radio']);
    expect(rows[0]!.cells.map((cell) => cell?.weeksLost.likely)).toEqual([1, 4]);
    expect(rows[1]!.cells[1]).toBeNull();
    expect(compare([])).toEqual([]);
  });
});

describe('the curve over budgets', () => {
  const answer = (budget: number, avoided: number): RemediesAnswer => ({
    remedies: [],
    lists: [budget, 2 * budget].map((one, n) => ({
      budget_musd: one,
      cost_musd: exactly(one),
      avoided: exactly(avoided + n),
      left: 1,
      gap: 0,
      remedies: `list for ${one}`,
    })),
    notes: [],
  });

  it('has each budget once, and finds the list that is paid for', () => {
    const curve = budgetCurve([answer(20, 3), answer(10, 2), answer(5, 1)]);
    expect(curve.map((point) => point.budget)).toEqual([5, 10, 20, 40]);
    expect(pointAt(curve, 4)).toBeNull();
    expect(pointAt(curve, 19)!.budget).toBe(10);
    expect(pointAt(curve, 1_000)!.list).toBe('list for 40');
  });
});
