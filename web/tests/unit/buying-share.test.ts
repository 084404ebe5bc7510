import { describe, expect, it } from 'vitest';
import { hasNoCore, largeBuyers, sideBySide, type ShareAnswer } from '../../src/pages/buying/share/answer';
import { examples, figureOf, hasRange, newPurchase, parametersOf, problemsOf, rangeOf, readTable, unitOf, type Purchase } from '../../src/pages/buying/share/share';
import { cellsOf } from '../../src/lib/cells';
import { funnelOf, type Room } from '../../src/pages/buying/projects/stages';
import { breakOf, termsOf } from '../../src/pages/buying/projects/terms';

const radio = examples['radio'] as Purchase;

describe('figures as they are typed', () => {
  it.each([
    ['1950000', 1950000],
    ['1 950 000', 1950000],
    ['1,950,000', 1950000],
    ['0.5', 0.5],
    ['1,5', undefined],
    ['-3', undefined],
    ['', undefined],
    ['twelve', undefined],
  ])('%s', (text, figure) => expect(figureOf(text)).toBe(figure));

  it.each([
    ['9', { low: 9, high: 9 }],
    ['8-12', { low: 8, high: 12 }],
    ['8 – 12', { low: 8, high: 12 }],
    ['12-8', undefined],
    ['1-2-3', undefined],
    ['-', undefined],
  ])('a range: %s', (text, range) => expect(rangeOf(text)).toEqual(range));
});

describe('a purchase', () => {
  it('is asked as the command takes it', () => {
    expect(problemsOf(radio)).toEqual([]);
    expect(parametersOf(radio)).toEqual({
      quantities: { content: 'state,quantity\nMYS,30\nPHL,60\nVNM,120\n' },
      'price-breaks': '1:100,50:92,100:85,200:80',
      'breaks-for': 'all-units',
      'non-recurring': '0',
      coordination: '0',
    });
    expect(parametersOf(examples['craft'] as Purchase)).toMatchObject({ 'first-unit': '12000000', slope: '0.9', coordination: '0.03' });
  });

  it('says by field what is wrong', () => {
    expect(problemsOf(newPurchase()).map((problem) => problem.at)).toEqual(['buyers.0.state', 'buyers.0.quantity', 'buyers.1.state', 'buyers.1.quantity', 'breaks.0.price']);
    const twice = { ...radio, buyers: [{ state: 'MYS', quantity: '3' }, { state: 'MYS', quantity: '0' }] };
    expect(problemsOf(twice)).toEqual([
      { at: 'buyers.1.state', message: 'buying.wrong.twice' },
      { at: 'buyers.1.quantity', message: 'buying.wrong.quantity' },
    ]);
    const falling = { ...radio, breaks: [{ from: '1', price: '9' }, { from: '50', price: '8' }, { from: '20', price: '7' }] };
    expect(problemsOf(falling)).toEqual([{ at: 'breaks.2.from', message: 'buying.wrong.rising' }]);
    const half = { ...(examples['craft'] as Purchase), buyers: [{ state: 'MYS', quantity: '1.5' }, { state: 'PHL', quantity: '2' }] };
    expect(problemsOf(half)).toEqual([{ at: 'buyers.0.quantity', message: 'buying.wrong.whole' }]);
  });

  it('by a learning curve begins where the line has come to', () => {
    const craft = { ...(examples['craft'] as Purchase), madeBefore: '16', learningLost: '25' };
    expect(problemsOf(craft)).toEqual([]);
    expect(parametersOf(craft)).toMatchObject({ 'made-before': '16', 'learning-lost': '0.25' });
    expect(problemsOf({ ...craft, madeBefore: '1.5', learningLost: '120' }).map((problem) => problem.at)).toEqual(['madeBefore', 'learningLost']);
  });

  it('by a table of terms takes its currency from what is asked for, else from the table', () => {
    const terms = 'term,likely,currency\nfirst_unit,100,EUR\nslope,0.9,\n';
    const rates = 'base,currency,day,rate\nEUR,USD,2026-11-20,1.1\n';
    const read = readTable(terms, radio) as { what: Purchase };
    const both = readTable(rates, read.what) as { what: Purchase };
    expect(unitOf(both.what)).toBe('EUR');
    expect(unitOf(radio)).toBe('USD');
    const asked = { ...both.what, exchange: { ...both.what.exchange, on: '2026-11-21', currency: 'usd' } };
    expect(problemsOf(asked)).toEqual([]);
    expect(unitOf(asked)).toBe('USD');
    expect(parametersOf(asked)).toEqual({
      quantities: { content: 'state,quantity\nMYS,30\nPHL,60\nVNM,120\n' },
      terms: { content: terms },
      rates: { content: rates },
      on: '2026-11-21',
      currency: 'USD',
    });
    expect(problemsOf({ ...asked, terms: 'a,b\n', exchange: { ...asked.exchange, currency: 'dollars' } }).map((problem) => problem.at)).toEqual(['terms', 'currency']);
  });

  it('with a range is worked out at both ends and in the middle', () => {
    const ranged = { ...radio, buyers: [{ state: 'MYS', quantity: '30-40' }, { state: 'PHL', quantity: '60' }] };
    expect(hasRange(ranged)).toBe(true);
    expect(hasRange(radio)).toBe(false);
    const asked = (['low', 'likely', 'high'] as const).map((end) => (parametersOf(ranged, end)['quantities'] as { content: string }).content);
    expect(asked).toEqual(['state,quantity\nMYS,30\nPHL,60\n', 'state,quantity\nMYS,35\nPHL,60\n', 'state,quantity\nMYS,40\nPHL,60\n']);
  });
});

describe('a table that is dropped', () => {
  it('of states and quantities keeps the terms', () => {
    const read = readTable('﻿State;Quantity\nmys;30\nPHL;60\n', radio);
    expect(read).toEqual({ what: { ...radio, buyers: [{ state: 'MYS', quantity: '30' }, { state: 'PHL', quantity: '60' }] } });
  });

  it('of sets of states is sent as it is', () => {
    const text = 'coalition,amount\nMYS,3\nPHL,4\nMYS+PHL,6\n';
    expect(readTable(text, radio)).toEqual({ what: { item: '', unit: 'USD', table: text, states: 2 } });
  });

  it('of something else says what would be right', () => {
    expect(readTable('a,b\n1,2\n', radio)).toEqual({ problem: 'buying.wrong.table' });
    expect(readTable(' \n', radio)).toEqual({ problem: 'buying.wrong.empty' });
  });

  it('is read with quotes, blank lines and tabs', () => {
    expect(cellsOf('a,b\r\n"x, ""y""","z\nz"\r\n\r\n')).toEqual([['a', 'b'], ['x, "y"', 'z\nz']]);
    expect(cellsOf('a\tb\n1,5\t2')).toEqual([['a', 'b'], ['1,5', '2']]);
  });
});

/** Worked example 4.1 of the sharing guide: 30, 60 and 120 pieces; equal price gains 600, 720, 600, the nucleolus 640 each. */
const answer: ShareAnswer = {
  shares: [
    ['MYS', 'equal price', 30, 3000, 2400],
    ['PHL', 'equal price', 60, 5520, 4800],
    ['VNM', 'equal price', 120, 10200, 9600],
    ['MYS', 'nucleolus', 30, 3000, 2360],
    ['PHL', 'nucleolus', 60, 5520, 4880],
    ['VNM', 'nucleolus', 120, 10200, 9560],
  ].map(([state, rule, quantity, alone, pays]) => ({ state, rule, quantity, alone, pays, saves: Number(alone) - Number(pays), saved_share: 0.1 }) as ShareAnswer['shares'][number]),
  rules: [{ rule: 'nucleolus', in_core: 'yes', objector: null, would_save: null, last: null, raised: null, rise: null }],
  objections: [],
  leavers: [],
  notes: [],
};

describe('rules side by side', () => {
  it('have a row for each state and the sums of all', () => {
    const table = sideBySide({ likely: answer });
    expect(table.rules).toEqual(['equal price', 'nucleolus']);
    expect([table.together, table.apart]).toEqual([16800, 18720]);
    expect(table.rows.map((row) => [row.state, row.cells['nucleolus']!.saves])).toEqual([['MYS', 640], ['PHL', 640], ['VNM', 640]]);
    expect(table.rows[0]!.cells['nucleolus']!.savesBetween).toBeUndefined();
  });

  it('warn of a buyer of more than 38 % of the volume, and only of it', () => {
    expect(largeBuyers(sideBySide({ likely: answer }))).toEqual(['VNM']);
  });

  it('say between what a saving lies, whichever end is less', () => {
    const changed = (by: number) => ({ ...answer, shares: answer.shares.map((one) => ({ ...one, saves: one.saves + by })) });
    const table = sideBySide({ likely: answer, low: changed(50), high: changed(-50) });
    expect(table.rows[1]!.cells['equal price']!.savesBetween).toEqual({ low: 670, high: 770 });
  });

  it('know by the nucleolus whether anybody can be kept content', () => {
    expect(hasNoCore(answer)).toBe(false);
    expect(hasNoCore({ ...answer, rules: [{ ...answer.rules[0]!, in_core: 'no' }] })).toBe(true);
  });
});

describe('a project', () => {
  const paper = { id: 'p', name: 'Letter', kind: 'letter of intent', state: 'waits', parties: ['MYS', 'PHL'], missing: ['PHL'], signatures: [{ state: 'MYS', day: '2026-01-01' }] };
  const room = {
    id: 'MYS.craft',
    name: 'Craft',
    item: 'craft',
    lead: 'MYS',
    members: ['MYS', 'PHL'],
    participants: [
      { state: 'BRN', standing: 'left' },
      { state: 'MYS', standing: 'member', quantity: { low: 7, high: 7 } },
      { state: 'PHL', standing: 'member', quantity: { low: 1, high: 10 } },
      { state: 'VNM', standing: 'asks to join' },
    ],
    papers: [paper, { ...paper, id: 'c', kind: 'call-off', state: 'in force', parties: ['MYS'], missing: [], quantity: { low: 3, high: 3 } }],
    specification: [],
    next_steps: [],
    rules: [],
  } as unknown as Room;

  it('is a funnel that leaves out who has left, and knows no sum where one is not known', () => {
    const steps = Object.fromEntries(funnelOf(room).map((step) => [step.key, step]));
    expect(steps['interested']).toMatchObject({ states: ['MYS', 'PHL', 'VNM'], quantity: undefined });
    expect(steps['member']).toMatchObject({ states: ['MYS', 'PHL'], quantity: { low: 8, high: 17 } });
    expect(steps['intent']!.states).toEqual(['MYS']);
    expect(steps['called']).toMatchObject({ states: ['MYS'], quantity: { low: 3, high: 3 } });
    expect(steps['delivered']).toMatchObject({ states: [], quantity: undefined });
  });

  it('has terms as far as they are shown', () => {
    const record = { id: 'MYS.craft', type: 'project', owner: 'MYS', fields: { price_breaks: ['1: 2100000', '8: 1950000', 'cheap'], coordination: 0.03, non_recurring: { disclosure: 'generalised' as const, value: '1000000-9999999' } } };
    expect(termsOf(record)).toMatchObject({ breaks: [{ from: 1, price: 2100000 }, { from: 8, price: 1950000 }], once: '1000000-9999999', coordination: 0.03, rule: '' });
    expect(breakOf('8:')).toBeUndefined();
  });
});
