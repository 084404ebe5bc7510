// An XLSX workbook (ECMA-376) read in the browser: its sheets as texts, so that a file need not be sent anywhere to be looked
// at. Numbers are written with a point, days as 2026-01-31. What is larger than anybody's list is refused, not unpacked.
import type { Row, Sheet } from './cells';

const mostBytes = 64 * 1024 * 1024;
const mostCells = 2_000_000;

interface Entry {
  method: number;
  packed: number;
  size: number;
  at: number;
}

export class Unreadable extends Error {}

/** The files of a ZIP by their paths, from the directory at its end. */
function entriesOf(view: DataView): Map<string, Entry> {
  let end = view.byteLength - 22;
  const earliest = Math.max(0, end - 65_535);
  while (end >= earliest && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < earliest) throw new Unreadable('no directory');
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw new Unreadable('a directory that breaks off');
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const path = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, name));
    entries.set(path, { method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true), at: view.getUint32(at + 42, true) });
    at += 46 + name + extra + comment;
  }
  return entries;
}

async function textOf(view: DataView, entry: Entry | undefined): Promise<string> {
  if (!entry) return '';
  if (entry.size > mostBytes) throw new Unreadable('too large');
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + from, entry.packed);
  if (entry.method === 0) return new TextDecoder().decode(packed);
  if (entry.method !== 8) throw new Unreadable('an unknown way of packing');
  // What the directory says of a size need not be true: no more is unpacked than is allowed.
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > mostBytes) throw new Unreadable('too large');
    text += decoder.decode(value, { stream: true });
  }
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plainText(xml: string): string {
  return xml.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (all, hex: string, decimal: string, name: string) => {
    if (name) return named[name] ?? all;
    const point = hex ? parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

const attribute = (tag: string, name: string): string => plainText(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
/** The texts in an element, runs one after the other, without how to pronounce them. */
const textsIn = (xml: string): string => {
  const parts = xml.replace(/<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g, '').matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?t>/g);
  return [...parts].map((found) => plainText(found[1]!)).join('').replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
};

/** Formats of numbers that are days: by their numbers, and those that a workbook writes itself. */
function dayStyles(styles: string): boolean[] {
  const own = new Set<number>();
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g)) {
    const code = attribute(tag, 'formatCode').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
    if (/[yd]/i.test(code) && !/[#0?]/.test(code)) own.add(Number(attribute(tag, 'numFmtId')));
  }
  const formats = /<(?:\w+:)?cellXfs[\s>][\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? '';
  return [...formats.matchAll(/<(?:\w+:)?xf\s[^>]*>/g)].map(([tag]) => {
    const id = Number(attribute(tag, 'numFmtId'));
    return own.has(id) || (id >= 14 && id <= 17) || id === 22;
  });
}

const dayLength = 86_400_000;

function dayOf(serial: number, isFrom1904: boolean): string {
  // Spreadsheets take 1900 for a leap year, as the first of them did.
  const start = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const date = new Date(start + Math.floor(serial) * dayLength);
  return Number.isNaN(date.valueOf()) ? String(serial) : date.toISOString().slice(0, 10);
}

/** "AB12" is column 27, from nought. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

interface Workbook {
  shared: string[];
  isDay: boolean[];
  isFrom1904: boolean;
}

/** Fifteen digits, as a spreadsheet keeps a number: 0.1 and not 0.1000000000000000055. */
const numberText = (value: string): string => (/^-?[\d.]+(?:[eE][+-]?\d+)?$/.test(value) ? String(Number(Number(value).toPrecision(15))) : value);

function cellText(tag: string, inner: string, book: Workbook): string {
  const type = attribute(tag, 't');
  if (type === 'inlineStr') return textsIn(inner);
  const value = plainText(/<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?v>/.exec(inner)?.[1] ?? '');
  if (type === 's') return book.shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'str' || type === 'e' || value === '') return value;
  return book.isDay[Number(attribute(tag, 's'))] ? dayOf(Number(value), book.isFrom1904) : numberText(value);
}

function rowsOf(xml: string, book: Workbook): Row[] {
  const rows: Row[] = [];
  let cells = 0;
  let next = 1;
  for (const found of xml.matchAll(/<(?:\w+:)?row(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g)) {
    const number = Number(attribute(found[1] ?? '', 'r')) || next;
    next = number + 1;
    const texts: string[] = [];
    for (const cell of (found[2] ?? '').matchAll(/<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g)) {
      if (++cells > mostCells) throw new Unreadable('too many cells');
      const column = columnOf(attribute(cell[1] ?? '', 'r'));
      const at = column < 0 ? texts.length : column;
      while (texts.length < at) texts.push('');
      texts[at] = cellText(cell[1] ?? '', cell[2] ?? '', book).trim();
    }
    if (texts.some((text) => text !== '')) rows.push({ number, cells: texts });
  }
  return rows;
}

/** The sheets that are shown, in their order. Throws `Unreadable` for what is no workbook. */
export async function readWorkbook(bytes: ArrayBuffer): Promise<Sheet[]> {
  const view = new DataView(bytes);
  const entries = entriesOf(view);
  const read = (path: string) => textOf(view, entries.get(path));
  const [workbook, relations, styles, strings] = await Promise.all([read('xl/workbook.xml'), read('xl/_rels/workbook.xml.rels'), read('xl/styles.xml'), read('xl/sharedStrings.xml')]);
  if (!workbook) throw new Unreadable('no workbook');
  const targets = new Map([...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), attribute(tag, 'Target')]));
  const book: Workbook = {
    shared: [...strings.matchAll(/<(?:\w+:)?si(?:\/>|[\s>][\s\S]*?<\/(?:\w+:)?si>)/g)].map(([si]) => textsIn(si)),
    isDay: dayStyles(styles),
    isFrom1904: /<(?:\w+:)?workbookPr\s[^>]*date1904="(?:1|true)"/.test(workbook),
  };
  const sheets: Sheet[] = [];
  for (const [tag] of workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    if (/\sstate="(?:hidden|veryHidden)"/.test(tag)) continue;
    const target = targets.get(attribute(tag, '(?:\\w+:)?id')) ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    sheets.push({ name: attribute(tag, 'name'), isTyped: true, rows: rowsOf(await read(path), book) });
  }
  return sheets;
}
