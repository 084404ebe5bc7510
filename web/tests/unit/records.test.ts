// Fields of records in words: the number of several values is no value, and days are days of the reader's language.
import { beforeAll, expect, it, vi } from 'vitest';
import { loadMessages, setLanguage } from '../../src/lib/i18n.svelte';
import { referencesOf, sheetsOf, valueText, type Field, type RecordType, type SeenRecord } from '../../src/lib/records';

const field = (key: string, kind: string, more: Partial<Field> = {}): Field => ({ key, title: key, kind, required: false, several: false, ...more });
const type: RecordType = {
  key: 'product',
  title: 'Product',
  help: '',
  fields: [field('maker', 'reference'), field('first', 'date'), field('price_breaks', 'text', { several: true }), field('alternatives', 'reference', { several: true }), field('item', 'text')],
};
const record: SeenRecord = {
  id: 'MYS.a',
  type: 'product',
  owner: 'MYS',
  fields: { maker: 'MYS.works', first: '2027-01-01', price_breaks: { disclosure: 'generalised', value: '2 to 4' }, alternatives: ['IDN.b', 'IDN.c'], item: 'boots' },
};

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} });
  await setLanguage('en');
  await Promise.all(['shell', 'records'].map(loadMessages));
});

it('says that a band is the number of several values', () => {
  expect(valueText(record.fields['price_breaks'], type.fields[2])).toBe('number of them: 2 to 4 (rounded by its owner)');
  expect(valueText({ disclosure: 'generalised', value: '100 to 200' }, field('price', 'number'))).toBe('100 to 200 (rounded by its owner)');
});

it('writes days as the reader does, and periods that are no days as they are', () => {
  expect(valueText('2027-01-01', type.fields[1])).toBe('1 Jan 2027');
  expect(valueText('2026-03-31', field('period', 'text'))).toBe('31 Mar 2026');
  expect(valueText('2026-Q1', field('period', 'text'))).toBe('2026-Q1');
  expect(valueText({ disclosure: 'generalised', value: '2027' }, type.fields[1])).toBe('2027 (rounded by its owner)');
});

it('keeps days in a table as it is read again', () => {
  expect(sheetsOf([record], [type])[0]?.rows[0]?.[3]).toBe('2027-01-01');
});

it('finds the records that it names', () => {
  expect(referencesOf(record, type)).toEqual(['MYS.works', 'IDN.b', 'IDN.c']);
  expect(referencesOf({ ...record, fields: { ...record.fields, maker: { disclosure: 'exists' }, item: 'THA.need' } }, type)).toEqual(['IDN.b', 'IDN.c', 'THA.need']);
});
