import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { entriesOf, exampleLedger, linesOf, standingsOf } from '../../src/pages/buying/balance/ledger';
import { examplePlan, newPlan, pairKey, parametersOf, problemsOf, readPlan } from '../../src/pages/buying/balance/plan';
import { bySubject, indicatorsOf, textOf, type FlagRow } from '../../src/pages/buying/flags/flags';

describe('the books', () => {
  const lines = linesOf(exampleLedger);

  it('have a line for each purchase and correction', () => {
    expect(lines).toHaveLength(5);
    expect(lines[4]).toMatchObject({ number: 5, buyer: 'A', seller: 'B', amount: -2, isCorrection: true, corrects: '4', evidence: 'invoice 4' });
  });

  it('show each of the two states its own side', () => {
    expect(entriesOf(lines, 'A').map((one) => [one.number, one.way, one.partner])).toEqual([[1, 'out', 'B'], [3, 'in', 'C'], [4, 'in', 'B'], [5, 'in', 'B']]);
  });

  it('sum up what counts: over all years, with the last carry', () => {
    const row = { state: 'A', bought: 0.1, sold: 0.2, lapsed: 0, carry: 1 };
    const answer = { balances: [{ ...row, year: 2025 }, { ...row, year: 2026, bought: 0.2, carry: 3 }], net: [{ state: 'A', net: -3 }], notes: [] };
    expect(standingsOf(answer)).toEqual([{ state: 'A', bought: 0.3, sold: 0.4, lapsed: 0, carry: 3, net: -3 }]);
  });
});

describe('a plan', () => {
  it('is read from its two tables, in any order, and sent as them', () => {
    const plan = examplePlan();
    expect(plan.states.map((one) => [one.state, one.demand, one.capacity, one.outside])).toEqual([['A', '100', '80', '8'], ['B', '60', '50', '8'], ['C', '40', '30', '8']]);
    expect(plan.premiums[pairKey('A', 'C')]).toBe('1.4');
    expect(problemsOf(plan)).toEqual({});
    const sent = parametersOf(plan);
    const files = (sent['plan'] as { files: Record<string, string> }).files;
    expect(sent['band']).toBe('5');
    expect(sent['premium-cap']).toBe('0.1');
    expect(files['states.csv']!.split('\n')[1]).toBe('A,100,80,0.08,0,');
    expect(files['pairs.csv']).toContain('A,C,0.014,');
    const again = readPlan([files['pairs.csv']!, files['states.csv']!], newPlan())!;
    expect(again.states).toEqual(plan.states);
    expect(again.premiums).toEqual(plan.premiums);
  });

  it('asks for no balance, a band, or a ratio', () => {
    const plan = examplePlan();
    expect(parametersOf({ ...plan, balance: 'ratio' })).toMatchObject({ ratio: '0.25' });
    expect(Object.keys(parametersOf({ ...plan, balance: 'none' }))).toEqual(['plan', 'premium-cap']);
  });

  it('says by field what is wrong', () => {
    const plan = { ...newPlan(), band: 'wide' };
    plan.states[0] = { ...plan.states[0]!, state: 'MYS', demand: '5', capacity: '-1' };
    plan.states[1] = { ...plan.states[1]!, state: 'MYS', demand: '1', capacity: '1', carry: 'none' };
    plan.premiums = { 'MYS PHL': 'dear' };
    const found = problemsOf(plan);
    expect(found['states.0.capacity']).toBe('buying.wrong.amount');
    expect(found['states.1.state']).toBe('buying.wrong.twice');
    expect(found['states.1.carry']).toBe('buying.wrong.carry');
    expect(found['states.2.state']).toBe('buying.wrong.state');
    expect(found['premium.MYS PHL']).toBe('buying.wrong.percent');
    expect(found['band']).toBe('buying.wrong.amount');
    expect(readPlan(['a,b\n1,2\n'], plan)).toBeUndefined();
  });
});

describe('red flags', () => {
  const row = { title: 'short', subject: 'process', judged: 9, raised: 0, first_quartile: null, third_quartile: null, lower_fence: null, upper_fence: null, idle: 'no' };

  it('stand by indicator, those that were raised first', () => {
    const indicators = indicatorsOf({ notes: [], indicators: [{ ...row, flag: 'R003' }, { ...row, flag: 'R038', raised: 1 }, { ...row, flag: 'R038', subject: 'buyer', raised: 2 }] });
    expect(indicators.map((one) => [one.flag, one.raised, one.rows.length])).toEqual([['R038', 3, 2], ['R003', 0, 1]]);
  });

  it('stand by what they are about, those with most flags first', () => {
    const flag = (code: string, id: string): FlagRow => ({ flag: code, subject: 'tenderer', id, value: 1, figures: { text: '' } });
    expect(bySubject([flag('R024', 'S-2'), flag('R024', 'S-1'), flag('R048', 'S-1')]).map((one) => [one.id, one.flags.length])).toEqual([['S-1', 2], ['S-2', 1]]);
  });

  it('come from a file that is plain or packed', async () => {
    expect(await textOf(new Blob(['{"ocid":1}']))).toBe('{"ocid":1}');
    expect(await textOf(new Blob([new Uint8Array(gzipSync('{"ocid":1}'))]))).toBe('{"ocid":1}');
    await expect(textOf(new Blob([new Uint8Array(gzipSync('{"ocid":1}')).slice(0, 12)]))).rejects.toThrow();
  });
});
