import { describe, expect, it } from 'vitest';
import type { BottleneckRow } from '../../src/lib/analyses';
import { parseCells } from '../../src/lib/cells';
import { toWorkbook } from '../../src/lib/workbook';
import { readWorkbook, Unreadable } from '../../src/lib/xlsx';
import { decided, keepDecisions, mostKept, readDecisions, type Shelf } from '../../src/pages/parts/decisions';
import { guessKinds, looksLikeParts, partsTable } from '../../src/pages/parts/guess';
import { hsDigits, linesOf, nsnDigits, type Line } from '../../src/pages/parts/lines';
import { indexOf, matchLine, questionOf, type MapItem } from '../../src/pages/parts/match';
import { rankParts, usersOf, type SupplyRow } from '../../src/pages/parts/rank';
import { sortLines } from '../../src/pages/parts/sorted';
import { wordsOf } from '../../src/pages/parts/words';

const item = (id: string, name: string, codes: string[] = [], kind = 'component'): MapItem => ({ item: id, name, kind, known_share: null, codes });
/** A map as small as it can be read: two engines, three bearings, a radio with a number of its own. */
const items = [
  item('marine-engine', 'High-speed marine diesel engine (1 to 2 MW)', ['HS 840810', 'FSC 2815']),
  item('truck-engine', 'Truck diesel engine', ['HS 840820']),
  item('ball-bearing', 'Ball bearing', ['HS 848210', 'FSC 3110']),
  item('roller-bearing', 'Roller bearing', ['HS 848220', 'FSC 3110']),
  item('bearing-steel', 'Bearing steel', ['HS 722830'], 'material'),
  item('field-radio', 'Field radio (VHF manpack and handheld)', ['HS 851762', 'NSN 5820-01-451-8250']),
  item('fixed-radio', 'Harbour radio station', ['HS 851762']),
  item('magnet', 'Sintered neodymium-iron-boron magnet', ['HS 850511', 'CHPL 850511']),
  item('neodymium', 'Neodymium oxide', ['HS 284690'], 'material'),
  item('plate', 'Marine-grade aluminium plate (5083)', ['HS 760612'], 'material'),
];
const index = indexOf(items);
const line = (more: Partial<Line>): Line => ({ at: 0, row: 2, partNumber: '', name: '', nsn: '', hs: '', maker: '', quantity: null, origin: '', originSaid: '', price: null, leadTime: null, system: '', ...more });
const match = (more: Partial<Line>) => {
  const found = matchLine(index, line(more));
  return `${found.isOpen ? 'open' : found.sure} ${found.item}`.trim();
};

const bill = 'Line,Part no.,Description,Manufacturer,Manufacturer part no.,NSN,HS code,Qty per system,Unit price USD,Lead time,Country of origin\n1,P-1,Ball bearing 6204,Acme,M-1,,8482.10,4,"1.250,50",12 weeks,Viet Nam\n2,P-2,Total,,,,,,"12,5",,';

describe('the columns of a parts list', () => {
  it('are guessed by the longest phrase of their heads', () => {
    const cells = partsTable({ name: '', rows: parseCells(bill) });
    expect(guessKinds(cells)).toEqual(['', 'part_number', 'name', 'maker', 'maker_part', 'nsn', 'hs', 'quantity', 'price', 'lead_time', 'origin']);
    expect(looksLikeParts(cells)).toBe(true);
  });

  it('are guessed in the languages of the region', () => {
    const kindsOf = (head: string) => guessKinds(partsTable({ name: '', rows: parseCells(`${head}\na;b;c;d;e`) }));
    expect(kindsOf('Kode barang;Uraian;Jumlah;Negara asal;Harga satuan')).toEqual(['part_number', 'name', 'quantity', 'origin', 'price']);
    expect(kindsOf('Mã hàng;Mô tả;Số lượng;Xuất xứ;Đơn giá')).toEqual(['part_number', 'name', 'quantity', 'origin', 'price']);
    expect(kindsOf('หมายเลขชิ้นส่วน;รายละเอียด;จำนวน;ประเทศผู้ผลิต;ราคา')).toEqual(['part_number', 'name', 'quantity', 'origin', 'price']);
  });

  it('are guessed by what stands in them, and taken once', () => {
    const cells = partsTable({ name: '', rows: parseCells('A\tB\tC\tQty\tQuantity\n5820-01-451-8250\t8482.10\tJapan\t1\t2') });
    expect(guessKinds(cells)).toEqual(['nsn', 'hs', 'origin', 'quantity', '']);
  });

  it('begin below what stands above their head', () => {
    const cells = partsTable({ name: '', rows: parseCells('Bill of materials\t\t\nof 3 May\t\t\nPart no\tDescription\tQty\nP-1\tBearing\t2') });
    expect([cells.head, cells.rows.length]).toEqual([['Part no', 'Description', 'Qty'], 1]);
  });

  it('do not make other sheets parts lists', () => {
    for (const text of ['Name\tAddress\tStaff\nx\ty\t3', 'Item\tOrigin\tShare\nx\tIDN\t0.5']) expect(looksLikeParts(partsTable({ name: '', rows: parseCells(text) }))).toBe(false);
  });
});

describe('lines', () => {
  it('have codes without signs, numbers, days and states by their codes', () => {
    const cells = partsTable({ name: '', rows: parseCells(bill) });
    const [first, second] = linesOf(cells, guessKinds(cells));
    expect(first).toMatchObject({ partNumber: 'P-1', hs: '848210', quantity: 4, price: 1250.5, leadTime: 84, origin: 'VNM', row: 2 });
    expect(second).toMatchObject({ price: 12.5, leadTime: null });
  });

  it('take back the nought that a spreadsheet dropped, and read what is no code as none', () => {
    expect([hsDigits('8482.10'), hsDigits('84 82 10 10'), hsDigits('39269'), hsDigits('n/a')]).toEqual(['848210', '84821010', '039269', '']);
    expect([nsnDigits('5820-01-451-8250'), nsnDigits('01-451-8250'), nsnDigits('5820')]).toEqual(['5820014518250', '014518250', '']);
  });
});

describe('words', () => {
  it('are compared without accents, plurals, sizes and what says nothing', () => {
    expect(wordsOf('Ball Bearings, type 30 x 62 mm (5083)')).toEqual(['ball', 'bearing', '5083']);
    expect(wordsOf('Li-ion cells')).toEqual(['lithium', 'ion', 'cell']);
    expect(wordsOf('NdFeB')).toEqual(['neodymium', 'iron', 'boron', 'magnet']);
  });
});

describe('a match', () => {
  it.each([
    ['the number of the item goes before all else', { nsn: '5820014518250', name: 'Ball bearing', hs: '848210' }, 'code field-radio'],
    ['the number without its class', { nsn: '014518250' }, 'code field-radio'],
    ['one item of the tariff code', { hs: '84821010', name: 'Brg 6204' }, 'hs ball-bearing'],
    ['words among those of a tariff code', { hs: '851762', name: 'VHF field radio' }, 'hs field-radio'],
    ['several of a tariff code, and no word', { hs: '851762', name: 'Box' }, 'open field-radio'],
    ['all words in one name alone', { name: 'Marine diesel engine 1200 kW' }, 'words marine-engine'],
    ['what a short name stands for', { name: 'NdFeB magnet N42' }, 'words magnet'],
    ['an alloy by its number', { name: 'Aluminium plate 5083 8 mm' }, 'words plate'],
    ['several have all the words: a part is meant, not its material', { name: 'Bearing 6204' }, 'open ball-bearing'],
    ['the heading of the tariff code alone', { hs: '848299', name: 'Cage' }, 'open ball-bearing'],
    ['the class of supply alone', { nsn: '3110001112222', name: 'Cage' }, 'open ball-bearing'],
    ['nothing of it', { name: 'Engraved name sign', partNumber: 'X' }, 'weak'],
    ['lists of controls are no tariff', { hs: '999999' }, 'weak'],
  ] as [string, Partial<Line>, string][])('by %s', (_, said, wants) => expect(match(said)).toBe(wants));

  it('that words and tariff code tell differently is for the reader', () => {
    expect(match({ hs: '284690', name: 'Ball bearing' })).toBe('open ball-bearing');
  });

  it('says why, and what else it could be', () => {
    const found = matchLine(index, line({ hs: '851762', name: 'VHF field radio' }));
    expect(found.why).toEqual([{ by: 'hs', value: '851762' }, { by: 'words', value: 'vhf field radio', fit: expect.closeTo(0.84, 1) }]);
    expect(found.candidates.map((one) => one.item)).toEqual(['field-radio', 'fixed-radio']);
  });

  it('is asked once for lines that differ in sizes alone', () => {
    expect(questionOf(index, line({ name: 'Bearing 6204 type 3', partNumber: 'A' }))).toBe(questionOf(index, line({ name: 'bearing 6310, type 77', partNumber: 'B' })));
    expect(questionOf(index, line({ name: '12', partNumber: 'A' }))).not.toBe(questionOf(index, line({ name: '13', partNumber: 'B' })));
  });
});

const shelf = (): Shelf & { texts: Map<string, string> } => {
  const texts = new Map<string, string>();
  return { texts, getItem: (name) => texts.get(name) ?? null, setItem: (name, text) => void texts.set(name, text), removeItem: (name) => void texts.delete(name) };
};

describe('decisions', () => {
  const lines = [line({ at: 0, name: 'Bearing', partNumber: 'B-1' }), line({ at: 1, name: 'Bearing', partNumber: 'B-2' }), line({ at: 2, name: 'Sign', partNumber: 'S-1' }), line({ at: 3, name: 'Ball bearing' })];

  it('serve all lines that ask the same, and are kept by part number for one reader', () => {
    const before = sortLines(lines, index, new Map());
    expect([before.matched.length, before.open.map((one) => one.lines.length), before.none.length]).toEqual([1, [2], 1]);
    const said = decided(new Map(), before.open[0]!.lines.flatMap((one) => one.keys), 'roller-bearing');
    const after = sortLines(lines, index, said);
    expect(after.matched.map((one) => [one.match.item, one.match.sure])).toEqual([['roller-bearing', 'decided'], ['roller-bearing', 'decided'], ['ball-bearing', 'words']]);
    const kept = shelf();
    expect(keepDecisions(kept, 'PHL', said)).toBe(true);
    expect(readDecisions(kept, 'PHL')).toEqual(said);
    expect(readDecisions(kept, 'MYS').size).toBe(0);
    // The same part number under another description.
    expect(sortLines([line({ name: 'Lager', partNumber: 'b1' })], index, readDecisions(kept, 'PHL')).matched[0]?.match.item).toBe('roller-bearing');
  });

  it('can be that it is none of the map, and fall away with an item that is not there', () => {
    const keys = sortLines(lines, index, new Map()).matched[0]!.keys;
    expect(sortLines(lines, index, decided(new Map(), keys, '')).none.length).toBe(2);
    expect(sortLines(lines, index, decided(new Map(), keys, 'gone')).matched[0]?.match.item).toBe('ball-bearing');
  });

  it('outlive no broken shelf, and the oldest go first', () => {
    const full = { ...shelf(), setItem: () => { throw new Error('full'); } };
    expect(keepDecisions(full, 'PHL', new Map([['p:1', 'x']]))).toBe(false);
    const broken = shelf();
    broken.texts.set('adic.parts.PHL', '{"no":1}');
    expect(readDecisions(broken, 'PHL').size).toBe(0);
    const many = shelf();
    keepDecisions(many, 'PHL', new Map(Array.from({ length: mostKept + 5 }, (_, at) => [`p:${at}`, 'x'])));
    expect([...readDecisions(many, 'PHL').keys()][0]).toBe('p:5');
  });
});

const row = (id: string, stops: string[], chance: number | null, more: Partial<BottleneckRow> = {}): BottleneckRow => ({
  viewpoint: 'ASEAN', rank: 1, rank_from: 1, rank_to: 1, item: id, name: id, stops, stops_count: stops.length, largest_state: 'CHN',
  largest_share: { low: 0.8, likely: 0.9, high: 0.95 }, states_to_stop_certain: 1, states_to_stop: 1, states_to_stop_possible: 1, inside_share: 0, known_share: 1, concentration: 0.8,
  stop_probability: chance === null ? null : { low: chance / 2, likely: chance, high: chance * 2 }, expected_stops: null, confidence: 'C', ...more,
});

describe('the ranking', () => {
  // neodymium → magnet → marine engine: two lines are the engine, one the magnet; a bearing breaks by itself, seldom.
  const lines = [line({ at: 0, name: 'Marine diesel engine' }), line({ at: 1, name: 'Marine diesel engine' }), line({ at: 2, name: 'NdFeB magnet' }), line({ at: 3, name: 'Ball bearing' }), line({ at: 4, name: 'Truck diesel engine' })];
  const { matched } = sortLines(lines, index, new Map());
  const supplies = new Map<string, SupplyRow>([['ball-bearing', { item: 'ball-bearing', name: '', known_share: 0.9, inside_share: 0.2, concentration: 0.3, largest_state: 'JPN', largest_share: null, origins: ['JPN', 'CHN'], confidence: 'B', sources: ['baci'] }]]);
  const users = usersOf([{ item: 'marine-engine', input: 'magnet' }, { item: 'magnet', input: 'neodymium' }, { item: 'truck-engine', input: 'magnet' }]);
  const ranking = rankParts(matched, {
    bottlenecks: [row('ball-bearing', ['ball-bearing'], 0.2, { states_to_stop: 2 }), row('neodymium', ['neodymium', 'magnet', 'marine-engine'], 0.1), row('magnet', ['magnet', 'marine-engine'], 0.1), row('plate', ['plate'], 0.9)],
    supplies,
    users,
  });

  it('counts the lines that rest on a bottleneck directly and through their inputs', () => {
    // 3 lines × 0.1 = 0.3 twice, 1 line × 0.2 = 0.2; nothing of the list rests on the plate.
    expect(ranking.breaks.map((one) => [one.rank, one.row.item, one.lines, one.direct, one.through, one.expected?.likely])).toEqual([
      [1, 'neodymium', 3, 0, 3, expect.closeTo(0.3)],
      [2, 'magnet', 3, 1, 2, expect.closeTo(0.3)],
      [3, 'ball-bearing', 1, 1, 0, expect.closeTo(0.2)],
    ]);
  });

  it('tells the way from a part down to what breaks, over what stops with it', () => {
    expect(ranking.breaks[0]!.resting.map((one) => [one.item, one.lines, one.way.join(' ')])).toEqual([
      ['marine-engine', 2, 'marine-engine magnet neodymium'],
      ['magnet', 1, 'magnet neodymium'],
    ]);
  });

  it('ranks the parts by the chance of what stops them most likely, the part itself before what it is made of', () => {
    expect(ranking.parts.map((one) => [one.sorted.match.item, one.worst?.row.item, one.breaks, one.byOne])).toEqual([
      ['ball-bearing', 'ball-bearing', 1, 0],
      ['marine-engine', 'neodymium', 2, 2],
      ['marine-engine', 'neodymium', 2, 2],
      ['magnet', 'magnet', 2, 2],
      ['truck-engine', undefined, 0, 0],
    ]);
  });

  it('keeps in sight what it does not know', () => {
    expect([ranking.unstopped, ranking.withoutSupply]).toEqual([1, 4]);
  });

  it('says how the sheet goes on where a chance is not known', () => {
    const unknown = rankParts(matched, { bottlenecks: [row('magnet', ['magnet'], null)], supplies, users });
    expect([unknown.breaks[0]?.expected, unknown.parts[0]?.worst?.row.item]).toEqual([null, 'magnet']);
  });
});

describe('a workbook', () => {
  const bytesOf = async (blob: Blob) => new Response(blob).arrayBuffer();

  it('is read as it was written, sheet by sheet', async () => {
    const sheets = await readWorkbook(await bytesOf(toWorkbook([{ name: 'Parts', head: ['Part no', 'Name & <sign>'], rows: [['007', 'ไทย "8"'], [12.5, null], [null, null], ['', 'x']] }, { name: 'Two', head: ['A'], rows: [] }])));
    expect(sheets.map((sheet) => sheet.name)).toEqual(['1 Parts', '2 Two']);
    expect(sheets[0]!.rows).toEqual([{ number: 1, cells: ['Part no', 'Name & <sign>'] }, { number: 2, cells: ['007', 'ไทย "8"'] }, { number: 3, cells: ['12.5', ''] }, { number: 5, cells: ['', 'x'] }]);
  });

  it('that is none is refused', async () => {
    await expect(readWorkbook(new TextEncoder().encode('PK broken').buffer as ArrayBuffer)).rejects.toThrow();
    await expect(readWorkbook(new Uint8Array(4000).buffer)).rejects.toThrow(Unreadable);
    const whole = await bytesOf(toWorkbook([{ name: 'A', head: ['x'], rows: [] }]));
    for (const end of [10, 100, whole.byteLength - 30]) await expect(readWorkbook(whole.slice(0, end))).rejects.toThrow();
  });
});
