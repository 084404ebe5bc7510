// Which field a column of somebody's sheet holds: by its name first, then by what stands in it. Guesses are shown and can
// be changed; a column that nothing fits is left out.
import { has, t } from '../../lib/i18n.svelte';
import type { NamedField } from '../../lib/record_words';
import { states } from '../../lib/states';
import { folded } from '../catalogue/search';
import type { Field, RecordType } from '../../lib/records';
import type { Cells } from '../../lib/cells';

/** Columns that every type has beside its fields. Releases are not among them: a sheet shares nothing. */
export const commonFields = (): NamedField[] => [
  common('id', 'Identifier', 'data.col.id'),
  common('source', 'Source'),
  common('period', 'Period'),
  { ...common('confidence', 'Confidence'), kind: 'choice', choices: ['A', 'B', 'C', 'D', 'E'] },
  common('note', 'Note'),
];

function common(key: string, english: string, message = `shell.provenance.${key}`): NamedField {
  return { key, english, title: has(message) ? t(message) : english, help: '', kind: 'text', required: false, several: false };
}

export function fieldsOf(type: RecordType): Field[] {
  return [...type.fields, ...commonFields()];
}

/** Other words under which sheets have a field, in English and in languages of the region. */
const otherWords: Record<string, string[]> = {
  id: ['identifier', 'record', 'ref', 'reference', 'kode', 'kod'],
  name: ['nama', 'pangalan', 'ten', 'nome', 'naran', 'description', 'designation', 'title', 'nomenclature', 'item name', 'product', 'part name', 'part description', 'item description'],
  item: ['part', 'material', 'component', 'barang', 'item name', 'name', 'nama', 'description', 'part name', 'part description', 'item description'],
  kind: ['type', 'jenis'],
  maker: ['manufacturer', 'producer', 'made by', 'supplier', 'pembuat', 'pengilang'],
  part_number: ['part no', 'p n', 'pn', 'mpn', 'part', 'part number', 'manufacturer part no', 'manufacturer part number', 'manufacturer s part no', 'maker part no', 'mfr part no', 'mfr pn', 'oem part no', 'supplier part no', 'vendor part no'],
  nsn: ['nato stock number', 'stock number'],
  hs: ['hs code', 'tariff', 'ahtn', 'customs code'],
  fsc: ['supply class', 'federal supply class', 'nato supply class', 'fsc code'],
  unspsc: ['unspsc code'],
  supplier: ['supplier', 'vendor', 'manufacturer', 'maker'],
  unit: ['unit of measure', 'uom', 'unit of issue', 'satuan', 'don vi'],
  price: ['unit price', 'cost', 'unit cost', 'price usd', 'unit price usd', 'harga', 'gia', 'preco', 'presyo'],
  lead_time: ['lead time', 'delivery', 'days', 'delivery time', 'lead time days'],
  quantity: ['qty', 'amount', 'number', 'jumlah', 'so luong', 'pieces'],
  origin: ['country', 'country of origin', 'state', 'source country', 'negara', 'nuoc', 'made in'],
  state: ['country', 'negara', 'nuoc', 'pais'],
  share: ['percent', 'percentage', 'part of supply', 'bahagian'],
  capacity: ['output', 'per year', 'annual capacity', 'kapasiti', 'kapasitas'],
  address: ['alamat', 'location', 'street'],
  place: ['location', 'town', 'city', 'tempat'],
  staff: ['employees', 'headcount', 'workers', 'pekerja', 'karyawan'],
  first: ['from', 'start', 'needed from', 'mula', 'mulai'],
  last: ['until', 'to', 'end', 'needed by'],
  budget: ['money', 'funds', 'anggaran', 'belanjawan'],
  contact: ['phone', 'email', 'e mail', 'hubungi'],
  national_number: ['company number', 'registration number', 'reg no', 'company no'],
  note: ['remark', 'remarks', 'comment', 'comments', 'notes', 'catatan'],
  period: ['year', 'tahun', 'as of', 'date'],
  source: ['sources', 'sumber', 'document'],
};

export const plain = (text: string): string =>
  folded(text)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Phrases of every field: what a head says is what the longest of them says. */
const allPhrases = Object.entries(otherWords).flatMap(([key, words]) => [plain(key), ...words.map(plain)]);

/** How many letters of the head the longest of the phrases takes up; 0: none stands in it. */
function longestIn(said: string, phrases: string[]): number {
  const words = new Set(said.split(' '));
  return phrases.reduce((most, phrase) => (phrase.length > Math.max(most, 3) && phrase.split(' ').every((word) => words.has(word)) ? phrase.length : most), 0);
}

/** How well a name fits a field, from 0 to 1. "Unit price" is no unit, and "Manufacturer part no." no manufacturer. */
function nameFit(name: string, field: Field): number {
  const said = plain(name);
  if (!said) return 0;
  const key = plain(field.key);
  const titles = [field.title, (field as NamedField).english ?? field.title].map(plain);
  if (said === key || titles.includes(said)) return 1;
  const others = (otherWords[field.key] ?? []).map(plain);
  const place = others.indexOf(said);
  if (place >= 0) return 0.9 - place * 0.01;
  const longest = longestIn(said, allPhrases);
  const own = longestIn(said, [key, ...titles]);
  if (own > 0 && own >= longest) return 0.7;
  const other = longestIn(said, others);
  return other > 0 && other >= longest ? 0.5 : 0;
}

const stateIds = new Set(states.map((state) => state.id));
const stateNames = new Set(states.map((state) => folded(state.name)));

/** How many of the cells look like a field's values, where that can be told at all. */
function contentFit(cells: string[], field: Field): number {
  const filled = cells.filter((cell) => cell !== '').slice(0, 50);
  if (filled.length === 0) return 0;
  const part = (fits: (cell: string) => boolean) => filled.filter(fits).length / filled.length;
  if (field.kind === 'state') return part((cell) => stateIds.has(cell) || stateNames.has(folded(cell)));
  if (field.kind === 'choice') return part((cell) => (field.choices ?? []).includes(cell));
  if (field.kind === 'date') return part((cell) => /^\d{4}-\d\d-\d\d$/.test(cell)) * 0.8;
  if (field.key === 'nsn') return part((cell) => /^\d{4}-?\d\d-?\d{3}-?\d{4}$/.test(cell));
  if (field.key === 'lei') return part((cell) => /^[A-Z0-9]{18}\d\d$/.test(cell));
  return 0;
}

/** Whether the cells speak against a field: a unit is no number, and a record is named by its identifier, without spaces. */
function isAgainst(cells: string[], field: Field): boolean {
  const filled = cells.filter((cell) => cell !== '').slice(0, 50);
  const part = (is: (cell: string) => boolean) => filled.length > 0 && filled.filter(is).length / filled.length > 0.5;
  if (field.key === 'unit') return part((cell) => /^[\d.,\s]+$/.test(cell));
  return field.kind === 'reference' && part((cell) => /\s/.test(cell.trim()));
}

/** The key of the field of each column; empty: none. No field is taken twice. */
export function guessColumns(cells: Cells, type: RecordType): string[] {
  const fields = fieldsOf(type);
  const guesses = cells.head.flatMap((name, column) => {
    const values = cells.rows.map((row) => row.cells[column] ?? '');
    const rated = fields.map((field) => ({ column, key: field.key, fit: isAgainst(values, field) ? 0 : nameFit(name, field) || contentFit(values, field) * 0.45 }));
    // What a head says best, or nothing: a second part number is no maker because the first one is taken.
    const best = Math.max(...rated.map((one) => one.fit));
    return rated.filter((one) => one.fit >= best - 0.3);
  });
  const chosen = cells.head.map(() => '');
  const taken = new Set<string>();
  for (const guess of guesses.filter((one) => one.fit > 0.3).sort((a, b) => b.fit - a.fit)) {
    if (chosen[guess.column] || taken.has(guess.key)) continue;
    chosen[guess.column] = guess.key;
    taken.add(guess.key);
  }
  return chosen;
}

/** The type whose required fields, then other fields, the columns fit best. */
export function guessType(cells: Cells, types: RecordType[]): string {
  const scored = types.map((type) => {
    const chosen = guessColumns(cells, type).filter(Boolean);
    const own = chosen.filter((key) => type.fields.some((field) => field.key === key)).length;
    const missing = type.fields.filter((field) => field.required && !chosen.includes(field.key)).length;
    return { key: type.key, score: own - 2 * missing };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best), scored[0] ?? { key: '', score: 0 }).key;
}
