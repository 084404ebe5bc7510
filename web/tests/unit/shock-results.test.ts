import { describe, expect, it } from 'vitest';

import { decimal } from '../../src/lib/format';
import { boughtText, named, spreadText } from '../../src/pages/shock/remedy_words';
import {
  budgetCurve,
  compare,
  futuresOf,
  losesSomething,
  notesOf,
  pointAt,
  readRun,
  withFutures,
  type FuturesAnswer,
  type RemediesAnswer,
  type RunAnswer,
} from '../../src/pages/shock/results';

const sentence = (code: string, values: Record<string, string[]>, text = '') => ({ code, values, text }) as unknown as RemediesAnswer['notes'][number];

describe('what an answer about remedies says', () => {
  const items = new Map([
    ['ndfeb-magnet', 'Permanent magnet (NdFeB)'],
    ['yttrium-oxide', 'Yttrium oxide'],
  ]);

  it('has the names of items and of remedies, in every part of a sentence', () => {
    const store = sentence('remedy-stockpile', { weeks: ['6'], item: ['ndfeb-magnet'] }, '6 weeks of ndfeb-magnet in store');
    expect(named(store, items)).toMatchObject({ text: '6 weeks of Permanent magnet (NdFeB) in store', values: { weeks: ['6'], item: ['Permanent magnet (NdFeB)'] } });
    expect(named({ text: '', parts: [store] }, items).parts![0]!.values).toEqual({ weeks: ['6'], item: ['Permanent magnet (NdFeB)'] });
    const first = sentence('remedies-first', { first: ['yttrium-store'], second: ['board-store'] });
    expect(named(first, new Map([['yttrium-store', '8 weeks of Yttrium oxide in store']])).values).toEqual({
      first: ['8 weeks of Yttrium oxide in store'],
      second: ['board-store'],
    });
    expect(boughtText('yttrium-store x2, board-store', new Map([['yttrium-store', 'Yttrium']]))).toBe('Yttrium × 2, board-store');
  });

  it('has an interval only where there is one, and no nought below nought', () => {
    expect(spreadText({ low: -0.04, likely: 0, high: 0.01 })).toBe('');
    expect(spreadText({ low: -0.04, likely: 1, high: 2 })).toBe('0.0–2.0');
    expect(decimal(-0.04)).toBe('0.0');
    expect(decimal(-0.4)).toBe('-0.4');
  });

  it('says nothing of savings where no future that was drawn loses anything', () => {
    const list = { budget_musd: 20, cost_musd: exactly(0), avoided: exactly(0), left: 0, gap: 0, remedies: 'nothing' };
    const notes = [sentence('remedies-without', { weeks: ['0'], futures: ['256'] }), sentence('remedies-nothing-lost', {}), sentence('remedies-confidence', {})];
    const answer: RemediesAnswer = { remedies: [], lists: [list], notes };
    expect(losesSomething(answer)).toBe(false);
    expect(futuresOf(answer)).toBe(256);
    expect(notesOf(answer).map((note) => note.code)).toEqual(['remedies-confidence']);
    const losing = { ...answer, lists: [{ ...list, left: 0.2 }] };
    expect(notesOf(losing)).toHaveLength(3);
  });
});

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
