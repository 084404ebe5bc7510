// Tables as an XLSX workbook (ECMA-376), a sheet for each: texts in place and numbers as numbers, in a ZIP without compression.
import type { Cell } from './csv';
import type { Sheet } from './save_answer';

const spoken = new TextEncoder();

const checks = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

function checkOf(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = checks[(sum ^ byte) & 255]! ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** Little-endian numbers of two (`true`) or four bytes. */
function numbers(...all: [number, boolean][]): Uint8Array {
  const bytes = all.flatMap(([value, isShort]) => Array.from({ length: isShort ? 2 : 4 }, (_, at) => Math.floor(value / 256 ** at) % 256));
  return Uint8Array.from(bytes);
}

const short = (value: number): [number, boolean] => [value, true];
const long = (value: number): [number, boolean] => [value, false];
/** 1 January 1980: the first day that a ZIP knows. */
const firstDay = 33;

function zipOf(files: [string, string][]): Blob {
  const parts: Uint8Array[] = [];
  const index: Uint8Array[] = [];
  let at = 0;
  for (const [path, text] of files) {
    const [name, bytes] = [spoken.encode(path), spoken.encode(text)];
    const about = [short(20), short(0x800), short(0), short(0), short(firstDay), long(checkOf(bytes)), long(bytes.length), long(bytes.length), short(name.length), short(0)];
    const local = numbers(long(0x04034b50), ...about);
    index.push(numbers(long(0x02014b50), short(20), ...about, short(0), short(0), short(0), long(0), long(at)), name);
    parts.push(local, name, bytes);
    at += local.length + name.length + bytes.length;
  }
  const size = index.reduce((all, one) => all + one.length, 0);
  const end = numbers(long(0x06054b50), short(0), short(0), short(files.length), short(files.length), long(size), long(at), short(0));
  return new Blob([...parts, ...index, end] as BlobPart[], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}

/** Without what XML cannot have. */
function escaped(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '<c/>';
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(String(cell))}</t></is></c>`;
}

const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

function sheetOf(sheet: Sheet): string {
  const rows = [sheet.head, ...sheet.rows].map((row) => `<row>${row.map(cellOf).join('')}</row>`);
  return `${declared}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

/** Names of sheets have at most 31 characters, without some signs, and each stands once. */
function namesOf(sheets: Sheet[]): string[] {
  return sheets.map((sheet, at) => `${at + 1} ${sheet.name.replace(/[[\]*?:/\\']/g, ' ')}`.slice(0, 31).trim());
}

export function toWorkbook(sheets: Sheet[]): Blob {
  const numbered = namesOf(sheets).map((name, at) => ({ name: escaped(name), id: at + 1 }));
  const kind = (name: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`;
  return zipOf([
    [
      '[Content_Types].xml',
      `${declared}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind('sheet.main')}"/>${numbered.map(({ id }) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${kind('worksheet')}"/>`).join('')}</Types>`,
    ],
    ['_rels/.rels', `${declared}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    [
      'xl/workbook.xml',
      `${declared}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbered.map(({ name, id }) => `<sheet name="${name}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declared}<Relationships xmlns="${packaged}/relationships">${numbered.map(({ id }) => `<Relationship Id="rId${id}" Type="${office}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}</Relationships>`,
    ],
    ...sheets.map((sheet, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, sheetOf(sheet)]),
  ]);
}
