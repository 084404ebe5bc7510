// Cells that somebody pasted from a spreadsheet, or the text of a CSV file, as rows of texts.

export interface Row {
  /** As the spreadsheet shows it, from 1. */
  number: number;
  cells: string[];
}

export interface Sheet {
  name: string;
  /** Numbers are numbers, and not as somebody's spreadsheet shows them. */
  isTyped?: boolean;
  rows: Row[];
}

/** What stands between cells: the one of these that the first line has most of, outside of quotes. */
export function separatorOf(text: string): string {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.replace(/^[\r\n]+/, ''))?.[0] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counts = ['\t', ';', ','].map((mark) => ({ mark, count: bare.split(mark).length - 1 }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}

/** Rows that hold something. A cell in quotes may have line breaks and separators in it (RFC 4180); a stray quote stays. */
export function parseCells(text: string, separator = separatorOf(text)): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = '';
  let number = 1;
  let isQuoted = false;
  const endRow = () => {
    cells.push(cell.trim());
    if (cells.some((one) => one !== '')) rows.push({ number, cells });
    cells = [];
    cell = '';
    number += 1;
  };
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at]!;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (letter === '\n') endRow();
    else cell += letter;
  }
  if (cell !== '' || cells.length > 0) endRow();
  return rows;
}

/** The texts of the rows alone, where nobody has to be told which row was wrong. */
export function cellsOf(text: string): string[][] {
  return parseCells(text).map((row) => row.cells);
}

/** The text of a file: UTF-8, or what spreadsheets of the region save without saying so. */
export function decodeText(bytes: ArrayBuffer): string {
  const start = new Uint8Array(bytes.slice(0, 2));
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Rows as a table: a head, and rows as long as it is. */
export interface Cells {
  isTyped: boolean;
  head: string[];
  rows: Row[];
}

/** The first row names the columns, and the others are as wide. Empty columns without a name are left out. */
export function tableOf(rows: Row[], isTyped = false): Cells {
  const [first, ...rest] = rows;
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const used = Array.from({ length: width }, (_, at) => at).filter((at) => rows.some((row) => (row.cells[at] ?? '') !== ''));
  const narrow = (row: Row): string[] => used.map((at) => row.cells[at] ?? '');
  return { isTyped, head: first ? narrow(first) : [], rows: rest.map((row) => ({ number: row.number, cells: narrow(row) })) };
}
