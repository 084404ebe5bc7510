// Figures, days, lists, states and the order of names in four languages, by the data of Unicode's CLDR.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compareText, day, decimal, exactShare, list, money, moment, number, rate, share } from '../../src/lib/format';
import { i18n, setLanguage, t } from '../../src/lib/i18n.svelte';
import { choosableStates, members, stateChoices, stateName, states } from '../../src/lib/states';

/** Spaces that do not break as plain ones: which of them a language takes changes with the version of CLDR. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

beforeAll(() => vi.stubGlobal('document', { documentElement: {} }));

describe.each([
  { code: 'id', whole: '1.234.567', half: '0,5', two: '12,30', percent: '42%', exact: '4,17%', cost: 'USD 12.345', date: '31 Jan 2026', names: 'A, B, dan C', state: 'Filipina', myanmar: 'Myanmar', soviet: 'Uni Soviet' },
  { code: 'ms', whole: '1,234,567', half: '0.5', two: '12.30', percent: '42%', exact: '4.17%', cost: 'USD 12,345', date: '31 Jan 2026', names: 'A, B dan C', state: 'Filipina', myanmar: 'Myanmar', soviet: 'Kesatuan Soviet' },
  { code: 'vi', whole: '1.234.567', half: '0,5', two: '12,30', percent: '42%', exact: '4,17%', cost: '12.345 USD', date: '31 thg 1, 2026', names: 'A, B và C', state: 'Philippines', myanmar: 'Myanmar', soviet: 'Liên Xô' },
  { code: 'th', whole: '1,234,567', half: '0.5', two: '12.30', percent: '42%', exact: '4.17%', cost: 'USD 12,345', date: '31 ม.ค. 2026', names: 'A B และC', state: 'ฟิลิปปินส์', myanmar: 'เมียนมา', soviet: 'สหภาพโซเวียต' },
  { code: 'pt', whole: '1 234 567', half: '0,5', two: '12,30', percent: '42%', exact: '4,17%', cost: '12 345 USD', date: '31/01/2026', names: 'A, B e C', state: 'Filipinas', myanmar: 'Mianmar', soviet: 'Soviet Union' },
])('$code', ({ code, whole, half, two, percent, exact, cost, date, names, state, myanmar, soviet }) => {
  beforeAll(() => setLanguage(code));

  it('writes less than one in a thousand years as that, and never as nothing', () => {
    expect([rate(2.73e-16), rate(0.001), rate(0), rate(0.5)]).toEqual([`< ${half.replace('5', '001')}`, half.replace('5', '001'), '0', half]);
  });

  it('writes figures', () => {
    expect([number(1234567), number(0.5), decimal(12.3, 2), share(0.416), exactShare(0.04166), money(12345)].map(plain)).toEqual([whole, half, two, percent, exact, cost]);
  });

  it('writes days of the Gregorian calendar, and lists', () => {
    expect(plain(day('2026-01-31'))).toBe(date);
    expect(plain(moment('2026-01-31T12:00:00Z'))).toContain('2026');
    expect(list(['A', 'B', 'C'])).toBe(names);
  });

  it('names states', () => {
    expect(stateName('PHL')).toBe(state);
    expect(stateName('SUN'), 'a state that is no more is not taken for its successor').toBe(soviet);
    expect(stateName('MMR'), 'without a name that it has given up').toBe(myanmar);
    expect(stateName('XKX'), 'without a code of ISO 3166').toBe(code === 'th' ? 'โคโซโว' : 'Kosovo');
    expect(stateName('ASEAN'), 'what is no state').toBe('ASEAN');
  });
});

describe('the order of names', () => {
  it.each([
    ['vi', ['ở', 'da', 'ơ', 'đa', 'ô', 'o'], ['da', 'đa', 'o', 'ô', 'ơ', 'ở']],
    ['th', ['แก', 'ขา', 'เกา', 'กา'], ['กา', 'เกา', 'แก', 'ขา']],
    ['pt', ['ôa', 'oz', 'Oc', 'ob'], ['ôa', 'ob', 'Oc', 'oz']],
    ['id', ['Tier 10', 'tier 9', 'Baja', 'aluminium'], ['aluminium', 'Baja', 'tier 9', 'Tier 10']],
  ])('is that of %s', async (code, names, ordered) => {
    await setLanguage(code);
    expect([...names].sort(compareText)).toEqual(ordered);
  });
});

describe('words', () => {
  it('follow the language', async () => {
    await setLanguage('en');
    expect(t('shell.save')).toBe('Save');
    await setLanguage('id');
    expect(t('shell.save')).toBe('Simpan');
    expect(i18n.locale).toBe('id');
  });
});

describe('states to choose from', () => {
  it.each(['en', 'id', 'ms', 'th', 'vi'])('stand in the order of their names in %s', async (code) => {
    await setLanguage(code);
    const named = stateChoices(members).map(({ label }) => label);
    expect(named).toEqual([...named].sort(new Intl.Collator(i18n.locale).compare));
    expect(named, 'not in that of their codes').not.toEqual(members.map(({ id }) => stateName(id)));
  });

  it('are neither those that are no more nor land without a people, but for what stands in data', () => {
    const offered = choosableStates().map(({ id }) => id);
    expect(['VDR', 'SUN', 'DDR', 'CSK', 'YUG', 'YMD', 'SCG', 'ANT', 'ATA', 'BVT'].filter((id) => offered.includes(id))).toEqual([]);
    expect(members.every(({ id }) => offered.includes(id))).toBe(true);
    expect(choosableStates('SUN').map(({ id }) => id)).toContain('SUN');
  });

  it.each(['id', 'ms', 'th', 'vi'])('have no name in %s that Intl makes from two', async (code) => {
    await setLanguage(code);
    expect(states.map(({ id }) => stateName(id)).filter((name) => / - |SAR|DAK|Burma|พม่า|Miến Điện|Đặc khu/.test(name))).toEqual([]);
  });
});
