import { describe, expect, it } from 'vitest';
import { byFit, isRange, loosened, matchesOf, queryOf, readSearch, writeSearch } from '../../src/pages/catalogue/search';

const radio = {
  id: 'BRN.VHF-2',
  type: 'product',
  owner: 'BRN',
  fields: {
    name: 'Radio móvel VHF',
    price: { disclosure: 'generalised' as const, value: '1000 to 2000' },
    certificates: ['ISO 9001', 'IP 67'],
    properties: { power: { value: 30, unit: 'W' } },
  },
};

describe('a search', () => {
  it('survives its address', () => {
    const search = readSearch({ q: 'vhf radio', type: 'product', owner: 'BRN', where: 'kind:item of supply|price:..500', sort: 'price' });
    expect(search.conditions).toEqual(['kind:item of supply', 'price:..500']);
    expect(readSearch(writeSearch(search))).toEqual(search);
  });

  it('asks for words and for ranges apart', () => {
    const query = queryOf(readSearch({ where: 'name:a..b c|price:100..500|properties.length:20..40 m' }));
    expect(query['field']).toEqual(['name:a..b c']);
    expect(query['range']).toEqual(['price:100..500', 'properties.length:20..40 m']);
    expect(isRange('price:..')).toBe(true);
  });
});

describe('reasons', () => {
  it('name the fields in which a word begins, whatever its accents', () => {
    expect(matchesOf(radio, ['movel', 'iso', 'obile'])).toEqual([
      { field: 'name', words: ['movel'] },
      { field: 'certificates', words: ['iso'] },
    ]);
  });

  it('never speak of what is not shown in full', () => {
    expect(matchesOf(radio, ['1000'])).toEqual([]);
  });

  it('leave out one thing at a time', () => {
    const search = readSearch({ q: 'vhf night', owner: 'BRN', where: 'kind:x' });
    expect(loosened(search).map((one) => `${one.kind} ${one.without}`)).toEqual(['word vhf', 'word night', 'condition kind:x', 'owner BRN']);
    expect(loosened(readSearch({ q: 'vhf' }))).toEqual([]);
  });
});

describe('the best fit', () => {
  const of = (id: string, fields: Record<string, string>) => ({ id, type: 'product', owner: 'BRN', fields });
  const found = [of('a', { name: 'Harbour', makes: 'radio' }), of('b', { name: 'Radio case' }), of('c', { item: 'VHF radio' }), of('d', { name: 'Rádio VHF' })];

  it('has more of the words in its own name, and keeps the order of equals', () => {
    expect(byFit(found, ['radio', 'vhf']).map((one) => one.id)).toEqual(['c', 'd', 'b', 'a']);
    expect(byFit(found, ['radio']).map((one) => one.id)).toEqual(['b', 'c', 'd', 'a']);
    expect(byFit(found, [])).toEqual(found);
  });

  it('is no order of the server', () => {
    expect(queryOf(readSearch({ q: 'radio', sort: 'id' }))['sort']).toBeUndefined();
    expect(queryOf(readSearch({ q: 'radio', sort: 'price' }))['sort']).toBe('price');
  });
});
