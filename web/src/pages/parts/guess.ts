// What the columns of somebody's parts list hold: by their names, the longest phrase first, then by what stands in them.
import { tableOf, type Cells, type Sheet } from '../../lib/cells';
import { states } from '../../lib/states';
import { plain } from '../data/values';

export const kinds = ['part_number', 'name', 'nsn', 'hs', 'maker', 'maker_part', 'quantity', 'origin', 'price', 'lead_time', 'system'] as const;
export type Kind = (typeof kinds)[number];

/** Phrases of heads, in English and in languages of the region; of two that stand in a head, the longer one counts. */
const phrases: Record<Kind, string[]> = {
  part_number: ['part no', 'part number', 'part', 'part nr', 'part id', 'part code', 'pn', 'p n', 'item no', 'item number', 'item code', 'stock code', 'material no', 'material number', 'article no', 'sku', 'drawing no', 'ref no', 'nomor bagian', 'nomor suku cadang', 'kode barang', 'no bahagian', 'nombor bahagian', 'kod barang', 'ma linh kien', 'ma hang', 'ma vat tu', 'หมายเลขชิ้นส่วน', 'รหัสชิ้นส่วน', 'รหัสสินค้า'],
  name: ['description', 'part description', 'item description', 'name', 'part name', 'item name', 'item', 'designation', 'nomenclature', 'title', 'component', 'material', 'deskripsi', 'uraian', 'nama', 'nama barang', 'nama bagian', 'keterangan barang', 'perihal', 'penerangan', 'nama bahagian', 'mo ta', 'ten', 'ten linh kien', 'ten hang', 'ten vat tu', 'dien giai', 'รายการ', 'รายละเอียด', 'ชื่อ', 'ชื่อชิ้นส่วน', 'คำอธิบาย'],
  nsn: ['nsn', 'nato stock number', 'nato stock no', 'stock number', 'national stock number', 'niin'],
  hs: ['hs', 'hs code', 'hs no', 'hs 6', 'hts', 'hts code', 'tariff', 'tariff code', 'tariff number', 'ahtn', 'customs code', 'commodity code', 'kode hs', 'pos tarif', 'kod hs', 'kod tarif', 'ma hs', 'พิกัดศุลกากร', 'พิกัด'],
  maker: ['manufacturer', 'maker', 'make', 'brand', 'oem', 'mfr', 'mfg', 'vendor', 'supplier', 'producer', 'manufacturer name', 'cage', 'ncage', 'pabrikan', 'produsen', 'pembuat', 'pemasok', 'pengilang', 'pengeluar', 'pembekal', 'nha san xuat', 'hang san xuat', 'nha cung cap', 'ผู้ผลิต', 'ผู้ขาย', 'ยี่ห้อ'],
  maker_part: ['manufacturer part no', 'manufacturer part number', 'manufacturer part', 'manufacturers part no', 'manufacturer s part no', 'manufacturer s part number', 'maker part no', 'maker s part no', 'mfr part no', 'mfr part number', 'mfg part no', 'mfg part number', 'mfr pn', 'mfg pn', 'mpn', 'oem part no', 'oem part number', 'vendor part no', 'vendor part number', 'supplier part no', 'supplier part number', 'nomor suku cadang pabrikan', 'nombor bahagian pengilang', 'ma nha san xuat', 'หมายเลขชิ้นส่วนของผู้ผลิต'],
  quantity: ['quantity', 'qty', 'qty per', 'qty per system', 'quantity per system', 'quantity per', 'qty per assy', 'qpa', 'amount', 'pieces', 'pcs', 'count', 'jumlah', 'kuantitas', 'kuantiti', 'bilangan', 'so luong', 'จำนวน', 'ปริมาณ'],
  origin: ['origin', 'country of origin', 'country', 'coo', 'made in', 'source country', 'country of manufacture', 'state of origin', 'negara', 'negara asal', 'asal', 'nuoc', 'nuoc san xuat', 'xuat xu', 'nuoc xuat xu', 'ประเทศ', 'ประเทศผู้ผลิต', 'ประเทศต้นทาง', 'แหล่งกำเนิด'],
  price: ['price', 'unit price', 'unit cost', 'cost', 'price usd', 'price per unit', 'harga', 'harga satuan', 'harga seunit', 'gia', 'don gia', 'ราคา', 'ราคาต่อหน่วย'],
  lead_time: ['lead time', 'leadtime', 'lead time days', 'lead time weeks', 'delivery', 'delivery time', 'lt', 'waktu tunggu', 'waktu kirim', 'tempoh serahan', 'masa hantar', 'thoi gian giao hang', 'ระยะเวลาส่งมอบ', 'เวลานำ'],
  system: ['parent system', 'system', 'parent', 'assembly', 'parent assembly', 'next higher assembly', 'nha', 'platform', 'end item', 'equipment', 'programme', 'program', 'project', 'sistem', 'sistem induk', 'peralatan', 'he thong', 'ระบบ'],
};

const known = new Map<string, Kind>();
for (const kind of kinds) for (const phrase of phrases[kind]) known.set(plain(phrase), kind);
const longestPhrase = 6;

/** How well a head names each kind, from 0 to 1: a whole head is worth more than a phrase in it, a long one more than a short. */
function headFit(head: string): { kind: Kind; fit: number } | undefined {
  const said = plain(head);
  const whole = known.get(said);
  if (whole) return { kind: whole, fit: 1 };
  const words = said.split(' ');
  let best: { kind: Kind; fit: number } | undefined;
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + longestPhrase); to += 1) {
      const phrase = words.slice(from, to).join(' ');
      const kind = known.get(phrase);
      const fit = Math.min(0.95, 0.5 + phrase.length / 60);
      // Of two that are as long the later one is what the head is about: "system cost" is a cost.
      if (kind && phrase.length > 1 && (!best || fit >= best.fit)) best = { kind, fit };
    }
  }
  return best;
}

const stateIds = new Set(states.map((state) => state.id));
const stateNames = new Set(states.map((state) => plain(state.name)));
const looksLike: [Kind, (cell: string) => boolean][] = [
  ['nsn', (cell) => /^\d{4}-?\d\d-?\d{3}-?\d{4}$/.test(cell)],
  ['hs', (cell) => /^\d{4}\.\d\d(?:[. ]?\d\d){0,2}$/.test(cell) || /^(?:\d{6}|\d{8}|\d{10})$/.test(cell)],
  ['origin', (cell) => stateIds.has(cell) || stateNames.has(plain(cell))],
];

function contentFit(cells: string[]): { kind: Kind; fit: number } | undefined {
  const filled = cells.filter((cell) => cell !== '').slice(0, 50);
  if (filled.length === 0) return undefined;
  for (const [kind, is] of looksLike) {
    const part = filled.filter(is).length / filled.length;
    if (part > 0.7) return { kind, fit: part * 0.45 };
  }
  return undefined;
}

/** What each column holds; empty: nothing that is asked about. Nothing is held twice. */
export function guessKinds(cells: Cells): (Kind | '')[] {
  const guesses = cells.head.flatMap((head, column) => {
    const guess = headFit(head) ?? contentFit(cells.rows.slice(0, 200).map((row) => row.cells[column] ?? ''));
    return guess ? [{ column, ...guess }] : [];
  });
  const chosen: (Kind | '')[] = cells.head.map(() => '');
  const taken = new Set<Kind>();
  for (const guess of [...guesses].sort((a, b) => b.fit - a.fit || a.column - b.column)) {
    if (taken.has(guess.kind)) continue;
    chosen[guess.column] = guess.kind;
    taken.add(guess.kind);
  }
  return chosen;
}

const heading = new Set<Kind>(['part_number', 'maker_part', 'nsn', 'hs', 'name', 'maker']);
const about = new Set<Kind>(['quantity', 'origin', 'price', 'lead_time', 'system']);

/** Whether the columns are those of a bill of materials: something that names parts, and how many of them, whence or at what price. */
export function looksLikeParts(cells: Cells): boolean {
  const chosen = new Set(guessKinds(cells).filter(Boolean) as Kind[]);
  const names = [...heading].filter((kind) => chosen.has(kind)).length;
  const more = [...about].filter((kind) => chosen.has(kind)).length;
  return names >= 2 && more >= 1 && (chosen.has('part_number') || chosen.has('maker_part') || chosen.has('nsn'));
}

const mostAbove = 20;

/** The table of a sheet: what stands above its head (a title, a date) is left out. */
export function partsTable(sheet: Sheet): Cells {
  const score = (at: number) => new Set(sheet.rows[at]!.cells.flatMap((cell) => headFit(cell)?.kind ?? [])).size;
  let best = 0;
  for (let at = 1; at < Math.min(mostAbove, sheet.rows.length - 1); at += 1) if (score(at) > score(best) && score(at) >= 3) best = at;
  return tableOf(sheet.rows.slice(best), sheet.isTyped);
}
