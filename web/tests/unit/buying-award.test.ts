// A purchase as tables, and the answers of award, origin and realised set out.
import { describe, expect, it } from 'vitest';
import { firstOf, isWhole, missingTables, nameOfTable, parametersOf, planOf, quotesOf, rowsOf, tablesOf, type Delivery } from '../../src/pages/buying/award/award';
import { productsOf } from '../../src/pages/buying/origin/origin';
import type { Room } from '../../src/pages/buying/projects/stages';
import { parametersOf as returnParameters, placesOf as returnPlaces, standingKey } from '../../src/pages/buying/return/return';
import { bookOf, exampleBook, parametersOf as offsetParameters } from '../../src/pages/buying/offsets/offsets';
import { booksOf, exampleBooks, isSum, placesOf } from '../../src/pages/buying/realised/realised';

describe('the tables of a purchase', () => {
  it.each([
    ['rules.csv', 'x', 'rules'],
    ['', 'rule,item,value\n', 'rules'],
    ['a.csv', 'package;supplier;item;price\n', 'packages'],
    ['', 'supplier,place,share\n', 'contents'],
    ['', 'item,state,year,pieces\n', 'demands'],
    ['', 'item,supplier,from,price\n', 'breaks'],
    ['', 'item,supplier,price,lot\n', 'offers'],
    ['', 'supplier,bloc\n', 'suppliers'],
    ['', 'item\n', 'items'],
    ['notes.txt', 'what,why\n', undefined],
  ])('%s with %s is %s', (file, text, name) => {
    expect(nameOfTable(file, text)).toBe(name);
  });

  it('are asked as a folder, the gap as a part', () => {
    const tables = { items: 'item\na\n', rules: ' ' };
    expect(missingTables(tables)).toEqual(['suppliers', 'demands', 'offers']);
    expect(parametersOf(tables, { gap: '1', method: 'parts', isPriced: false, isExposed: true })).toEqual({ folder: { files: { 'items.csv': 'item\na\n' } }, gap: '0.01', method: 'parts', 'no-prices': true, exposures: true });
    expect(parametersOf({}, { gap: '0', method: 'auto', isPriced: true, isExposed: false })).toEqual({ gap: '0', method: 'auto' });
    expect(rowsOf('item\na\n\nb\n')).toBe(2);
  });

  it('are asked in two seconds first, without prices and otherwise the same', () => {
    const asked = parametersOf({ items: 'item\na\n' }, { gap: '1', method: 'whole', isPriced: true, isExposed: false });
    expect(firstOf(asked)).toEqual({ ...asked, 'time-limit': '2', 'no-prices': true });
  });

  const cost = (gap: number) => ({ cost: [{ total: 9, pieces: 9, orders: 0, suppliers: 0, storage: 0, at_least: 9 - 9 * gap, gap }], notes: [] });
  it.each([
    ['a proof, and no prices are wanted', cost(0), '0', false, true],
    ['near enough, and no prices are wanted', cost(0.01), '1', false, true],
    ['not near enough', cost(0.011), '1', false, false],
    ['a proof, but prices are wanted', cost(0), '0', true, false],
    ['tables with problems', { notes: [], problems: [{ file: 'a', row: 1, column: 'b', value: '', message: '' }] }, '0', true, true],
    ['demands that conflict: fewer of them may', { notes: [], conflict: [{ demand: { text: 'a' } }] }, '0', false, false],
    ['nothing in two seconds', { notes: [{ text: 'no plan yet' }] }, '0', false, false],
  ])('are answered at once by %s', (_, answer, gap, isPriced, isAll) => {
    expect(isWhole(answer, { gap, method: 'auto', isPriced, isExposed: false })).toBe(isAll);
  });

  it('of a project leave out what is not seen, and name it', () => {
    const room = {
      item: 'craft, 28 m',
      participants: [
        { state: 'MYS', standing: 'member', quantity: { low: 7, high: 7 }, need_by: '2028-05-01' },
        { state: 'PHL', standing: 'member', quantity: { low: 5, high: 10 }, need_by: '2029-05-01' },
        { state: 'VNM', standing: 'member', need_by: '2029-05-01' },
        { state: 'BRN', standing: 'asks to join', quantity: { low: 2, high: 2 }, need_by: '2029-05-01' },
      ],
    } as unknown as Room;
    const terms = { breaks: [{ from: 1, price: 9 }, { from: 8, price: 7 }], isIncremental: false, once: 5, coordination: 0.02, rule: '', first: '', last: '', source: '', confidence: '' };
    const { tables, unseen, bands } = tablesOf(room, terms);
    expect(tables.demands).toBe('item,state,year,pieces\n"craft, 28 m",MYS,2028,7\n"craft, 28 m",PHL,2029,8\n');
    expect(tables.offers).toBe('item,supplier,price,breaks\n"craft, 28 m",offer of the project,9,all-units\n');
    expect(tables.breaks).toBe('item,supplier,from,price\n"craft, 28 m",offer of the project,8,7\n');
    expect([unseen, bands]).toEqual([['VNM'], ['PHL']]);
    expect(rowsOf(tablesOf(room, undefined).tables.offers)).toBe(0);
  });
});

describe('a plan', () => {
  const delivery = (state: string | null, supplier: string, year: string, pieces: number): Delivery => ({ item: 'radio', state, needed: year, year, supplier, package: null, pieces });

  it('has a row for each state and a column for each supplier and year; no piece is lost', () => {
    const deliveries = [delivery('PHL', 'far', '2028', 3), delivery('IDN', 'far', '2027', 4), delivery('IDN', 'far', '2027', 1), delivery(null, 'near', '2027', 2)];
    const { rows, columns } = planOf(deliveries);
    expect(columns.map((column) => column.key)).toEqual(['far 2027', 'far 2028', 'near 2027']);
    expect(rows.map((row) => [row.state, row.pieces, row.cells])).toEqual([
      ['IDN', 5, { 'far 2027': 5 }],
      ['PHL', 3, { 'far 2028': 3 }],
      ['', 2, { 'near 2027': 2 }],
    ]);
  });

  it('stands beside the quotes, of which the lowest is known', () => {
    const quote = (supplier: string, asks: number | null) => ({ item: 'radio', pieces: 10, supplier, asks });
    const { rows, suppliers } = quotesOf([quote('a', 4), quote('b', null), quote('c', 3)]);
    expect(suppliers).toEqual(['a', 'b', 'c']);
    expect(rows).toEqual([{ item: 'radio', pieces: 10, asks: { a: 4, b: null, c: 3 }, lowest: 3 }]);
    expect(quotesOf([quote('b', null)]).rows[0]!.lowest).toBeNull();
  });
});

describe('geographic return', () => {
  it('asks for what was said, and leaves the rest to the program', () => {
    expect(returnParameters('a,b\n', { window: '5', year: '', floor: ' 0.9 ', cap: '' })).toEqual({ file: { content: 'a,b\n' }, window: '5', floor: '0.9' });
  });

  it('stands on a line that goes a little beyond the cap', () => {
    const one = { state: 'A', contribution: 1, paid_share: 1, work: 1, weighted: 1, unweighted: 1, coefficient: null, standing: 'no work', deficit: 0, surplus: 0, balance: 0 };
    expect(returnPlaces([one], 1.2)(1.32)).toBeCloseTo(100);
    expect(returnPlaces([{ ...one, coefficient: 2 }], 1.2)(2.2)).toBeCloseTo(100);
    expect(standingKey(one.standing)).toBe('no_work');
  });
});

describe('origin and realised savings', () => {
  it('set each verdict beside its remedy', () => {
    const verdict = (product: string, rule: string, kept: string) => ({ product, rule, method: '', inside: 1, base: 2, share: 0.5, threshold: 0.4, kept, missing: null });
    const remedy = { product: 'boat', rule: 'A', remedy: 'cheapest', lines: ['steel (KOR)'], extra: 3, share: 0.41 };
    const products = productsOf({ verdicts: [verdict('boat', 'A', 'no'), verdict('radio', 'A', 'yes'), verdict('boat', 'B', 'yes')], remedies: [remedy], notes: [] });
    expect(products.map((one) => [one.product, one.kept, one.judged.map((judged) => judged.remedy?.extra)])).toEqual([['boat', 1, [3, undefined]], ['radio', 1, [undefined]]]);
  });

  it('tell purchases from rates, and keep the other table', () => {
    expect(booksOf([exampleBooks.rates!, exampleBooks.purchases!], {})).toEqual(exampleBooks);
    expect(booksOf(['Date,USD\n2026-01-02,1.1\n'], exampleBooks)).toEqual({ ...exampleBooks, rates: 'Date,USD\n2026-01-02,1.1\n' });
    expect(booksOf(['a,b\n'], exampleBooks)).toBeUndefined();
    expect([isSum({ purchase: 'all' }), isSum({ purchase: 'all PHL' }), isSum({ purchase: 'allies' })]).toEqual([true, true, false]);
  });

  it('stand on a line that has nought on it', () => {
    const { at } = placesOf({ purchase: 'a', state: 'A', claimed_low: 10, claimed_likely: 20, claimed_high: 30, realised: -10, verdict: 'below' });
    expect([at(-10), at(0), at(30)]).toEqual([0, 25, 100]);
  });
});

describe('a book of offsets', () => {
  it('is put together from its two tables, at once or one after another', () => {
    const { obligations = '', transactions = '' } = exampleBook;
    expect(bookOf([transactions, obligations])).toEqual(exampleBook);
    expect(bookOf([transactions], { obligations })).toEqual(exampleBook);
    expect(bookOf(['a,b\n'], exampleBook)).toBeUndefined();
    expect(offsetParameters(exampleBook, '2026-03-31')).toEqual({ book: { files: { 'obligations.csv': obligations, 'transactions.csv': transactions } }, on: '2026-03-31' });
  });
});
