// An XLSX workbook (ECMA-376) read in the browser: its sheets as texts, so that a file need not be sent anywhere to be looked
// at. Numbers are written with a point, days as 2026-01-31. What is larger than anybody's list is refused, not unpacked, and
// everything is read in one pass: time grows with the size of the file, whatever somebody has put into it.
import type { Row, Sheet } from './cells';

/** Of a whole workbook, unpacked, and with the empty cells before one that is not. */
const mostBytes = 64 * 1024 * 1024;
const mostCells = 2_000_000;
/** Columns of a sheet, as spreadsheets have them: A to XFD. */
const mostColumns = 16_384;

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

/** What is left of the limits. */
interface Budget {
  bytes: number;
  cells: number;
}

function spend(budget: Budget, what: keyof Budget, amount: number): void {
  budget[what] -= amount;
  if (budget[what] < 0) throw new Unreadable(`too many ${what}`);
}

async function textOf(view: DataView, entry: Entry | undefined, budget: Budget): Promise<string> {
  if (!entry) return '';
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + from, entry.packed);
  if (entry.method === 0) {
    spend(budget, 'bytes', packed.byteLength);
    return new TextDecoder().decode(packed);
  }
  if (entry.method !== 8) throw new Unreadable('an unknown way of packing');
  // What the directory says of a size need not be true: no more is unpacked than is allowed.
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    spend(budget, 'bytes', value.byteLength);
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

interface Element {
  /** Its attributes. */
  tag: string;
  inner: string;
  from: number;
  to: number;
}

/** Elements of a name, with or without a prefix, that hold none of their own kind. What is not closed ends the reading. */
function* elementsIn(xml: string, name: string): Generator<Element> {
  const opening = new RegExp(`<((?:\\w+:)?${name})(\\s[^<>]*)?(/?)>`, 'g');
  for (let found = opening.exec(xml); found; found = opening.exec(xml)) {
    const tag = found[2] ?? '';
    const start = opening.lastIndex;
    if (found[3] === '/' || tag.endsWith('/')) {
      yield { tag, inner: '', from: found.index, to: start };
      continue;
    }
    const closing = `</${found[1]}>`;
    const end = xml.indexOf(closing, start);
    if (end < 0) return;
    opening.lastIndex = end + closing.length;
    yield { tag, inner: xml.slice(start, end), from: found.index, to: opening.lastIndex };
  }
}

function firstIn(xml: string, name: string): string {
  for (const { inner } of elementsIn(xml, name)) return inner;
  return '';
}

/** The texts in an element, runs one after the other, without how to pronounce them. */
function textsIn(xml: string): string {
  let said = '';
  let at = 0;
  for (const { from, to } of elementsIn(xml, 'rPh')) {
    said += xml.slice(at, from);
    at = to;
  }
  const parts = [...elementsIn(said + xml.slice(at), 't')].map(({ inner }) => plainText(inner));
  return parts.join('').replace(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Formats of numbers that are days: by their numbers, and those that a workbook writes itself. */
function dayStyles(styles: string): boolean[] {
  const own = new Set<number>();
  for (const { tag } of elementsIn(styles, 'numFmt')) {
    const code = attribute(tag, 'formatCode').replace(/"[^"]*"|\[[^[\]]*\]|\\./g, '');
    if (/[yd]/i.test(code) && !/[#0?]/.test(code)) own.add(Number(attribute(tag, 'numFmtId')));
  }
  return [...elementsIn(firstIn(styles, 'cellXfs'), 'xf')].map(({ tag }) => {
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
  const value = plainText(firstIn(inner, 'v'));
  if (type === 's') return book.shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'str' || type === 'e' || value === '') return value;
  return book.isDay[Number(attribute(tag, 's'))] ? dayOf(Number(value), book.isFrom1904) : numberText(value);
}

function rowsOf(xml: string, book: Workbook, budget: Budget): Row[] {
  const rows: Row[] = [];
  let next = 1;
  for (const row of elementsIn(xml, 'row')) {
    const number = Number(attribute(row.tag, 'r')) || next;
    next = number + 1;
    const texts: string[] = [];
    for (const cell of elementsIn(row.inner, 'c')) {
      const column = columnOf(attribute(cell.tag, 'r'));
      const at = column < 0 ? texts.length : column;
      if (at >= mostColumns) throw new Unreadable('too many columns');
      spend(budget, 'cells', Math.max(1, at + 1 - texts.length));
      while (texts.length < at) texts.push('');
      texts[at] = cellText(cell.tag, cell.inner, book).trim();
    }
    if (texts.some((text) => text !== '')) rows.push({ number, cells: texts });
  }
  return rows;
}

async function sheetsOf(bytes: ArrayBuffer): Promise<Sheet[]> {
  const view = new DataView(bytes);
  const entries = entriesOf(view);
  const budget: Budget = { bytes: mostBytes, cells: mostCells };
  const read = (path: string) => textOf(view, entries.get(path), budget);
  const workbook = await read('xl/workbook.xml');
  if (!workbook) throw new Unreadable('no workbook');
  const targets = new Map([...elementsIn(await read('xl/_rels/workbook.xml.rels'), 'Relationship')].map(({ tag }) => [attribute(tag, 'Id'), attribute(tag, 'Target')]));
  const book: Workbook = {
    shared: [...elementsIn(await read('xl/sharedStrings.xml'), 'si')].map(({ inner }) => textsIn(inner)),
    isDay: dayStyles(await read('xl/styles.xml')),
    isFrom1904: [...elementsIn(workbook, 'workbookPr')].some(({ tag }) => /^(?:1|true)$/.test(attribute(tag, 'date1904'))),
  };
  const sheets: Sheet[] = [];
  for (const { tag } of elementsIn(workbook, 'sheet')) {
    if (/^(?:hidden|veryHidden)$/.test(attribute(tag, 'state'))) continue;
    const target = targets.get(attribute(tag, '(?:\\w+:)?id')) ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    sheets.push({ name: attribute(tag, 'name'), isTyped: true, rows: rowsOf(await read(path), book, budget) });
  }
  return sheets;
}

/** The sheets that are shown, in their order. Throws `Unreadable` for what is no workbook, and for nothing else. */
export async function readWorkbook(bytes: ArrayBuffer): Promise<Sheet[]> {
  try {
    return await sheetsOf(bytes);
  } catch (problem) {
    throw problem instanceof Unreadable ? problem : new Unreadable('a file that breaks off', { cause: problem });
  }
}
