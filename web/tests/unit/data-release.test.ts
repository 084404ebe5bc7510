import { describe, expect, it } from 'vitest';
import type { Field, RecordType, SeenRecord } from '../../src/lib/records';
import { bodyOfDraft, changedKeys, differencesOf, draftOf, formFields, merge } from '../../src/pages/data/fields';
import { effectsOf, gainers, laterOrOrganisations, losers, parseGrants, problemsOfGrants, writeGrants } from '../../src/pages/data/grants';

describe('grants', () => {
  it('are read and written as the registry writes them', () => {
    const text = 'ASEAN:generalised;MYS;org:PTX@2026-01-01/;public:exists@/2027-01-01';
    const grants = parseGrants(text);
    expect(grants).toEqual([
      { audience: 'ASEAN', mode: 'generalised', from: '', until: '' },
      { audience: 'MYS', mode: 'full', from: '', until: '' },
      { audience: 'org:PTX', mode: 'full', from: '2026-01-01', until: '' },
      { audience: 'public', mode: 'exists', from: '', until: '2027-01-01' },
    ]);
    expect(writeGrants(grants)).toBe(text);
    expect(parseGrants('')).toEqual([]);
    expect(parseGrants('org:PTX:exists')[0]).toEqual({ audience: 'org:PTX', mode: 'exists', from: '', until: '' });
  });

  it('are not written without an audience', () => {
    expect(writeGrants([{ audience: '', mode: 'full', from: '', until: '' }, { audience: 'org:', mode: 'full', from: '', until: '' }])).toBe('');
  });

  it('say what is wrong with them', () => {
    const wrong = [
      { audience: '', mode: 'full', from: '', until: '' },
      { audience: 'org:a b', mode: 'full', from: '', until: '' },
      { audience: 'MYS', mode: 'full', from: '2026-02-01', until: '2026-02-01' },
      { audience: 'IDN', mode: 'full', from: '', until: '' },
      { audience: 'IDN', mode: 'full', from: '', until: '' },
    ] as const;
    expect([...problemsOfGrants([...wrong]).keys()]).toEqual([0, 1, 2, 4]);
    expect(problemsOfGrants(parseGrants('MYS;IDN:exists;IDN@2027-01-01/')).size).toBe(0);
  });

  it('name whom the list of states does not speak of, if they get more', () => {
    const of = (before: string, after: string) => laterOrOrganisations(before, after, '2026-11-26').map((grant) => grant.audience);
    expect(of('', 'ASEAN;org:PTX;MYS@2027-01-01/')).toEqual(['org:PTX', 'MYS']);
    expect(of('org:PTX', 'org:PTX')).toEqual([]);
    expect(of('org:PTX:exists', 'org:PTX')).toEqual(['org:PTX']);
    expect(of('org:PTX', 'org:PTX:exists')).toEqual([]);
    expect(of('', 'MYS@2026-01-01/')).toEqual([]);
  });

  it('have effects by field, with all readers together', () => {
    const changes = [
      { reader: 'IDN', field: 'price', before: 'none', after: 'full' },
      { reader: 'MYS', field: 'price', before: 'none', after: 'full' },
      { reader: 'MYS', field: 'name', before: 'full', after: 'exists' },
    ];
    expect(effectsOf(changes)).toEqual([
      { field: 'price', before: 'none', after: 'full', readers: ['IDN', 'MYS'] },
      { field: 'name', before: 'full', after: 'exists', readers: ['MYS'] },
    ]);
    expect([gainers(changes), losers(changes)]).toEqual([['IDN', 'MYS'], ['MYS']]);
  });
});

const field = (key: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ key, kind, title: key, help: '', required: false, several: false, ...more });
const type: RecordType = {
  key: 'product',
  title: 'Product',
  help: '',
  fields: [field('name', 'text', { required: true }), field('price', 'number', { of: 'USD' }), field('certificates', 'text', { several: true }), field('properties', 'properties', { several: true })],
};
const record: SeenRecord = {
  id: 'MYS.a',
  type: 'product',
  owner: 'MYS',
  fields: { name: 'Radio', price: 5.5, certificates: ['a', 'b'], properties: { length: { value: 28, unit: 'm' }, hull: { value: 'steel' } }, note: null, confidence: 'E' },
};

describe('a record in a form', () => {
  const fields = formFields(type);
  const base = draftOf(record, fields);

  it('is text that the registry reads again', () => {
    expect(base).toEqual({ name: 'Radio', price: '5.5', certificates: 'a\nb', properties: 'length: 28 m\nhull: steel', source: '', period: '', confidence: 'E', note: '' });
    expect(changedKeys({ ...base, name: 'Radio ' }, base)).toEqual([]);
  });

  it('is written with what changed, and the rest as it came', () => {
    const draft = { ...base, price: '', certificates: 'a\nc', note: 'new' };
    expect(bodyOfDraft(record, draft, changedKeys(draft, base), fields)).toEqual({
      name: 'Radio',
      certificates: 'a|c',
      properties: record.fields['properties'],
      confidence: 'E',
      note: 'new',
    });
  });

  it('says what differs between two versions', () => {
    const after = { ...record, fields: { ...record.fields, price: null, note: 'x' } };
    expect(differencesOf(record, after, fields).map(({ key, after: now }) => [key, now])).toEqual([['price', ''], ['note', 'x']]);
    expect(differencesOf(record, record, fields)).toEqual([]);
    expect(differencesOf(undefined, record, fields).length).toBe(5);
  });

  it('puts two people\'s changes together, and asks about what both changed', () => {
    const mine = { ...base, name: 'Mine', price: '7', note: 'same' };
    const theirs = { ...base, name: 'Theirs', certificates: 'z', note: 'same' };
    const merged = merge(base, mine, theirs);
    expect(merged.draft).toEqual({ ...base, name: 'Mine', price: '7', certificates: 'z', note: 'same' });
    expect(merged.conflicts).toEqual([{ key: 'name', mine: 'Mine', theirs: 'Theirs' }]);
    expect(merged.taken).toEqual(['certificates']);
  });
});
