import { describe, expect, it } from 'vitest';
import type { Field, RecordType } from '../../src/lib/records';
import { wrongSign } from '../../src/lib/signs';
import { decodeText, parseCells, separatorOf, tableOf } from '../../src/lib/cells';
import { checkCells, placeProblems } from '../../src/pages/data/check';
import { guessColumns, guessType } from '../../src/pages/data/columns';
import { problemsOfDraft } from '../../src/pages/data/fields';
import { daysOf, decimalMark, plainNumber, readCell, withUnit } from '../../src/pages/data/values';

const field = (key: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ key, kind, title: key.replace('_', ' '), help: '', required: false, several: false, ...more });

const product: RecordType = {
  key: 'product',
  title: 'Product',
  help: '',
  fields: [
    field('name', 'text', { required: true }),
    field('kind', 'choice', { required: true, choices: ['item of supply', 'item of production'] }),
    field('part_number', 'text'),
    field('certificates', 'text', { several: true }),
    field('price', 'number', { of: 'USD', least: 0 }),
    field('lead_time', 'whole', { of: 'days' }),
  ],
};
const supply: RecordType = {
  key: 'supply',
  title: 'Supply',
  help: '',
  fields: [field('item', 'text', { required: true }), field('origin', 'state'), field('share', 'number', { least: 0, most: 1 }), field('unit', 'text')],
};

describe('cells', () => {
  it('are taken from what a spreadsheet puts on the clipboard', () => {
    const rows = parseCells('Name\tPrice\r\n"Radio\nof ""1990"""\t5\r\n\r\nBoat 12"\t7\r\n');
    expect(rows).toEqual([
      { number: 1, cells: ['Name', 'Price'] },
      { number: 2, cells: ['Radio\nof "1990"', '5'] },
      { number: 4, cells: ['Boat 12"', '7'] },
    ]);
  });

  it('are separated by what the first line has most of, outside of quotes', () => {
    expect(separatorOf('a;b;c\n1,5;2,5;3')).toBe(';');
    expect(separatorOf('"a;b;c",d,e\n')).toBe(',');
    expect(separatorOf('a\tb,c\td')).toBe('\t');
    expect(separatorOf('one column\n')).toBe('\t');
  });

  it('are read from files of spreadsheets that do not say how they write letters', () => {
    expect(decodeText(new TextEncoder().encode('ไทย').buffer as ArrayBuffer)).toBe('ไทย');
    expect(decodeText(new Uint8Array([0x50, 0x72, 0x65, 0xe7, 0x6f]).buffer)).toBe('Preço');
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x61, 0x00]).buffer)).toBe('a');
  });

  it('are as wide as what is filled in', () => {
    expect(tableOf(parseCells('A\t\tB\n1\t\t2\t\n3'))).toEqual({
      isTyped: false,
      head: ['A', 'B'],
      rows: [{ number: 2, cells: ['1', '2'] }, { number: 3, cells: ['3', ''] }],
    });
  });
});

describe('columns', () => {
  it('are guessed by their names, in the words of the region too', () => {
    const cells = tableOf(parseCells('Nama\tJenis\tHarga (USD)\tLead time (days)\tWhatever\nRadio\titem of supply\t5\t90\tx'));
    expect(guessColumns(cells, product)).toEqual(['name', 'kind', 'price', 'lead_time', '']);
  });

  it('are guessed by what stands in them where names say nothing', () => {
    const cells = tableOf(parseCells('A\tB\nVNM\t0.5\nIndonesia\t0.2'));
    expect(guessColumns(cells, supply)).toEqual(['origin', '']);
  });

  it('take no field twice', () => {
    const cells = tableOf(parseCells('Price\tUnit price\tname\n1\t2\tx'));
    expect(guessColumns(cells, product)).toEqual(['price', '', 'name']);
  });

  it('are what the longest phrase of their head says, and nothing else', () => {
    const maker = { ...product, fields: [...product.fields, field('maker', 'reference')] };
    const parts = tableOf(parseCells('Part no.\tManufacturer\tManufacturer part no.\tUnit price USD\tLead time\nP-1\tAcme Works Ltd\tM-1\t2146,47\t12 weeks'));
    expect(guessColumns(parts, maker)).toEqual(['part_number', '', '', 'price', 'lead_time']);
    expect(guessColumns(parts, supply)).toEqual(['', '', '', '', '']);
    expect(guessColumns(tableOf(parseCells('Item\tUnit\nx\t12.5')), supply)).toEqual(['item', '']);
    expect(guessColumns(tableOf(parseCells('Item\tUnit\nx\tkg')), supply)).toEqual(['item', 'unit']);
    expect(guessColumns(tableOf(parseCells('Manufacturer\nPHL.shipyard')), maker)).toEqual(['maker']);
  });

  const full: RecordType = { ...product, fields: [...product.fields, field('maker', 'reference'), field('quantity', 'number', { least: 0 }), field('unit', 'text')] };
  const organisation: RecordType = { key: 'organisation', title: 'Organisation', help: '', fields: [field('name', 'text', { required: true }), field('address', 'text')] };
  it.each([
    ['id', 'Nama barang\tHarga satuan\tWaktu kirim\tPabrik\tKeterangan', 'Radio\t12500\t12 minggu\tPindad\tbaru'],
    ['ms', 'Nama barangan\tHarga seunit\tTempoh penghantaran\tPengilang\tCatatan', 'Radio\t12500\t12 minggu\tSME\tbaru'],
    ['vi', 'Tên hàng\tĐơn giá (USD)\tThời gian giao hàng\tNhà sản xuất\tGhi chú', 'Radio\t12500\t6 tuần\tViettel\tmới'],
    ['th', 'ชื่อสินค้า\tราคาต่อหน่วย (ดอลลาร์)\tระยะเวลาส่งมอบ\tผู้ผลิต\tหมายเหตุ', 'วิทยุ\t๑๒๕๐๐\t๔ สัปดาห์\tDTI\tใหม่'],
    ['pt', 'Nome\tPreço unitário\tPrazo de entrega\tFabricante\tNotas', 'Radio\t12500\t6 semanas\tXYZ\tnovo'],
    ['zh', '产品名称\t单价\t交货期\t制造商\t备注', '电台\t12500\t90\tXYZ\t新'],
  ])('are known by the heads of sheets in %s', (_, head, row) => {
    const cells = tableOf(parseCells(`${head}\n${row}`));
    expect(guessColumns(cells, full)).toEqual(['name', 'price', 'lead_time', 'maker', 'note']);
    expect(guessType(cells, [organisation, full, supply])).toBe('product');
  });

  it('are of no field whose values the cells cannot be', () => {
    const guessed = (text: string, type = full) => guessColumns(tableOf(parseCells(text)), type);
    expect(guessed('Satuan\nRp 12.500,50', supply)).toEqual(['']);
    expect(guessed('Harga satuan (Rp)\n12500')).toEqual(['']);
    expect(guessed('Price\non request')).toEqual(['']);
    expect(guessed('Price\n1,250')).toEqual(['price']);
    expect(guessed('Lead time\nsoon')).toEqual(['']);
    expect(guessed('Kind\nradio')).toEqual(['']);
    expect(guessed('Country\n7', supply)).toEqual(['']);
  });

  it('tell which type a sheet is of', () => {
    expect(guessType(tableOf(parseCells('Item\tCountry of origin\tShare\nx\tIDN\t1')), [product, supply])).toBe('supply');
    expect(guessType(tableOf(parseCells('Name\tKind\tPrice\nx\titem of supply\t1')), [product, supply])).toBe('product');
  });
});

describe('values', () => {
  it('of time are days, in the words of the region too', () => {
    for (const [said, days] of [['12 weeks', 84], ['30 days', 30], ['2 months', 60], ['1 year', 365], ['8-10 weeks', 70], ['1.5 months', 45], ['12wks', 84], ['approx. 3 wk', 21], ['90 days ARO', 90], ['45', 45], ['12 minggu', 84], ['2 bulan', 60], ['6 tuần', 42], ['3 tháng', 90], ['4 สัปดาห์', 28], ['2 เดือน', 60]] as const) {
      expect(daysOf(said), said).toBe(days);
    }
    for (const said of ['', 'soon', '12 parsecs', '2.5', 'weeks', '-3 days']) expect(daysOf(said), said).toBe(null);
    expect(readCell('12 weeks', product.fields[5]!)).toEqual({ text: '84', problem: '' });
    expect([withUnit('12', 'Lead time (weeks)'), withUnit('12', 'Lead time'), withUnit('12 days', 'Lead time (weeks)'), withUnit('12', 'Lead time (days)')]).toEqual(['12 weeks', '12', '12 days', '12 days']);
  });

  it('are numbers where they can be read in one way only', () => {
    for (const [said, number] of [['1250.5', '1250.5'], ['1,250.50', '1250.50'], ['1.250,50', '1250.50'], ['1 250', '1250'], ['1,250,000', '1250000'], ['1.250.000', '1250000'], ['12,5', '12.5'], ['USD 900', '900'], ['-3', '-3'], ['1e3', '1e3']]) {
      expect(plainNumber(said!), said).toBe(number);
    }
    for (const said of ['1,250', '1.250', '1.2.3', '12k', '', 'x', '1,25,0', '--1']) expect(plainNumber(said), said).toBe('');
    for (const [said, point, comma] of [['1,250', '1250', '1.250'], ['1.250', '1.250', '1250']]) {
      expect([plainNumber(said!, 'point'), plainNumber(said!, 'comma')]).toEqual([point, comma]);
    }
    expect(decimalMark(['1.250', '12,50'])).toBe('comma');
    expect(decimalMark(['1.250', '12.50', ''])).toBe('point');
    expect(decimalMark(['1.250', '7'])).toBe('unknown');
    expect(decimalMark(['1.5', '1,5'])).toBe('unknown');
  });

  it('are rewritten, or it is said what would be right', () => {
    const cases: [string, Field, string, boolean][] = [
      ['indonesia', field('origin', 'state'), 'IDN', true],
      ['Viet Nam', field('origin', 'state'), 'VNM', true],
      ['idn', field('origin', 'state'), 'IDN', true],
      ['Atlantis', field('origin', 'state'), 'Atlantis', false],
      ['35%', supply.fields[2]!, '0.35', true],
      ['7%', supply.fields[2]!, '0.07', true],
      ['35', supply.fields[2]!, '35', false],
      ['-5', product.fields[4]!, '-5', false],
      ['0', product.fields[4]!, '0', true],
      ['Rp 12.500,50', product.fields[4]!, 'Rp 12.500,50', false],
      ['Rp 12.500,50', field('unit', 'text'), 'Rp 12.500,50', false],
      ['US$ 12.50', product.fields[4]!, '12.50', true],
      ['๑,๒๕๐.๕๐', product.fields[4]!, '1250.50', true],
      ['១២៥០', product.fields[4]!, '1250', true],
      ['໑໒ ອາທິດ', product.fields[5]!, '84', true],
      ['၁၂', product.fields[5]!, '12', true],
      ['๓ เดือน', product.fields[5]!, '90', true],
      ['๓๑/๐๑/๒๐๒๖', field('first', 'date'), '2026-01-31', true],
      ['12', field('hs', 'code', { of: 'HS', fewest_characters: 4 }), '12', false],
      ['8525.60', field('hs', 'code', { of: 'HS', fewest_characters: 4 }), '852560', true],
      ['2146,47', field('unit', 'text'), '2146,47', false],
      ['kg', field('unit', 'text'), 'kg', true],
      ['1,250', field('price', 'number'), '1,250', false],
      ['0,250', field('price', 'number'), '0.250', true],
      ['2.5', field('lead_time', 'whole'), '2.5', false],
      ['31/01/2026', field('first', 'date'), '2026-01-31', true],
      ['2026/1/5', field('first', 'date'), '2026-01-05', true],
      ['05/04/2026', field('first', 'date'), '05/04/2026', false],
      ['04/04/2026', field('first', 'date'), '2026-04-04', true],
      ['30/02/2026', field('first', 'date'), '30/02/2026', false],
      ['2026-02-30', field('first', 'date'), '2026-02-30', false],
      ['TRUE', field('verified', 'yes_no'), 'yes', true],
      ['maybe', field('verified', 'yes_no'), 'maybe', false],
      ['Item of Supply', product.fields[1]!, 'item of supply', true],
      ['', product.fields[0]!, '', false],
      ['', field('price', 'number'), '', true],
      ['#REF!', field('note', 'text'), '#REF!', false],
      ['ISO 9001\nISO 14001', product.fields[3]!, 'ISO 9001|ISO 14001', true],
    ];
    for (const [said, of, text, isFine] of cases) {
      const read = readCell(said, of);
      expect([said, read.text, read.problem === ''], said).toEqual([said, text, isFine]);
    }
  });
});

describe('a sheet', () => {
  const cells = tableOf(parseCells('id\tname\tkind\tprice\nr-1\tRadio\titem of supply\t12,5k\nr-1\t\titem of supply\t5'));
  const keys = ['id', 'name', 'kind', 'price'];

  it('is checked cell by cell', () => {
    const checked = checkCells(cells, keys, product);
    expect(checked.problems.map(({ at, column }) => [at, column])).toEqual([[0, 3], [1, 0], [1, 1]]);
    expect(checkCells(cells, ['id', 'name', '', ''], product).missing.map((one) => one.key)).toEqual(['kind']);
  });

  it('asks once for a column whose numbers can be two, and takes neither by itself', () => {
    const prices = tableOf(parseCells('Name\tKind\tUnit price (USD)\nRadio\titem of supply\t1,000\nBoat\titem of supply\t1,137\nMast\titem of supply\t900'));
    const read = (said?: Record<number, 'point' | 'comma'>) => checkCells(prices, ['name', 'kind', 'price'], product, {}, said);
    expect(read().questions).toEqual([{ column: 2, cell: '1,000', cells: 2, ways: [{ mark: 'point', number: '1000' }, { mark: 'comma', number: '1.000' }] }]);
    expect(read().problems).toEqual([]);
    expect(read({ 2: 'point' }).records.map((one) => one['price'])).toEqual(['1000', '1137', '900']);
    expect(read({ 2: 'comma' }).records.map((one) => one['price'])).toEqual(['1.000', '1.137', '900']);
    expect(read({ 2: 'point' }).questions).toHaveLength(1); // it can still be answered otherwise
    const shares = tableOf(parseCells('Item\tShare\nx\t1.000'));
    expect(checkCells(shares, ['item', 'share'], supply).questions[0]!.ways[0]!.number).toBe('1.000');
    const told = tableOf(parseCells('Name\tPrice\nRadio\t1,000\nBoat\t1,137.50'));
    expect(checkCells(told, ['name', 'price'], product).questions).toEqual([]);
  });

  it('has no day before the one that it follows', () => {
    const demand: RecordType = { key: 'demand', title: 'Demand', help: '', fields: [field('item', 'text'), field('first', 'date'), field('last', 'date', { not_before: 'first' })] };
    const cells = tableOf(parseCells('Item\tFrom\tUntil\nx\t2029-01-01\t2027-01-01\ny\t2029-01-01\t2029-01-01'));
    expect(checkCells(cells, ['item', 'first', 'last'], demand).problems.map(({ at, column }) => [at, column])).toEqual([[0, 2]]);
    expect(Object.keys(problemsOfDraft({ first: '2029-01-01', last: '2027-01-01' }, ['first'], demand.fields))).toEqual(['last']);
    expect(problemsOfDraft({ first: '2029-01-01', last: '2027-01-01' }, ['item'], demand.fields)).toEqual({});
  });

  it('takes from one place what is the same in all rows, unless it cannot be read', () => {
    const cells = tableOf(parseCells('Name\nRadio\nBoat'));
    const checked = checkCells(cells, ['name'], product, { kind: 'Item of Supply' });
    expect([checked.missing, checked.records]).toEqual([[], [{ kind: 'item of supply', name: 'Radio' }, { kind: 'item of supply', name: 'Boat' }]]);
    expect(checkCells(cells, ['name'], product, { kind: 'toy' }).missing.map((one) => one.key)).toEqual(['kind']);
    expect(checkCells(cells, ['kind'], product, { kind: 'item of supply' }).records[0]).toEqual({ kind: 'Radio' });
  });

  it('has the problems that the server found at their cells, whatever lines the cells have', () => {
    const records = [{ name: 'a\nb', kind: 'x' }, { name: 'c', kind: 'y' }];
    const placed = placeProblems(
      [
        { row: 2, column: 'kind', message: 'one' },
        { row: 4, column: '', message: "field 'name': two" },
        { row: 4, column: '', message: 'three' },
      ],
      records,
      ['name', 'kind'],
    );
    expect(placed).toEqual([
      { at: 0, column: 1, message: 'one' },
      { at: 1, column: 0, message: 'two' },
      { at: 1, column: -1, message: 'three' },
    ]);
  });
});

describe('signs that are no letters', () => {
  it.each([
    ['a\u0000b', 'U+0000'],
    ['Radio \u202Egnp.exe', 'U+202E'],
    ['a\u2066b', 'U+2066'],
    ['half \uD800 a letter', 'U+D800'],
    ['\uFFFE', 'U+FFFE'],
    ['a\u0085b', 'U+0085'],
    ['a\u2028b', 'U+2028'],
  ])('are said by name: %j', (text, sign) => {
    expect(readCell(text, field('note', 'text')).problem).toContain('data.cell.sign');
    expect(wrongSign(text)).toBe(sign);
  });

  it.each(['two\nlines\tand a tab', 'راديو ميدان', 'วิทยุ\u200Bสนาม', '👩\u200D🚀 𝄞', 'ក្រុម\u200Cហ៊ុន', '<b>=SUM(1)</b> {n}'])('are none of %j', (text) => {
    expect(wrongSign(text)).toBe('');
    expect(readCell(text, field('note', 'text'))).toEqual({ text, problem: '' });
  });
});
