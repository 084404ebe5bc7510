// The list that is looked at: as long as this tab is open, so that a look at the chain explorer does not throw it away, and
// as long as nobody else reads. The page keeps it as a draft, under the same rules, for when it is loaded again.
import { decodeText, parseCells, type Cells, type Row, type Sheet } from '../../lib/cells';
import { whenForgetting } from '../../lib/forget';
import { guessKinds, partsTable, type Kind } from './guess';

interface List {
  /** Of the file; empty: the cells were pasted. */
  name: string;
  sheets: Sheet[];
  sheet: string;
  cells: Cells | undefined;
  kinds: (Kind | '')[];
  /** It is not the reader's: there is nothing to keep. */
  isSample: boolean;
}

const nothing: List = { name: '', sheets: [], sheet: '', cells: undefined, kinds: [], isSample: false };

/** What of it a draft holds: the sheet that is looked at. */
export type KeptList = Pick<List, 'name' | 'sheet' | 'kinds'> & { cells: Cells };

/** In letters: a browser has room for about five million of all drafts. */
const mostKept = 1_500_000;

let kept = $state.raw<List>(nothing);

whenForgetting(() => list.drop());

export const list = {
  get now(): List {
    return kept;
  },
  /** Whether there was anything in them. */
  take(name: string, found: Sheet[]): boolean {
    const sheets = found.filter((sheet) => sheet.rows.length > 1);
    if (sheets.length === 0) return false;
    kept = { ...nothing, name, sheets };
    this.choose(sheets[0]!.name);
    return true;
  },
  choose(sheet: string): void {
    const found = kept.sheets.find((one) => one.name === sheet) ?? kept.sheets[0];
    if (!found) return;
    const cells = partsTable(found);
    kept = { ...kept, sheet: found.name, cells, kinds: guessKinds(cells) };
  },
  /** A kind that another column had moves here. */
  setKind(column: number, kind: Kind | ''): void {
    kept = { ...kept, kinds: kept.kinds.map((one, at) => (at === column ? kind : one === kind ? '' : one)) };
  },
  drop(): void {
    kept = nothing;
  },
  takeSample(rows: Row[]): void {
    this.take('', [{ name: '', rows }]);
    kept = { ...kept, isSample: true };
  },
  /** What is to be kept until the page is loaded again; undefined: nothing, or it is too long. */
  get toKeep(): KeptList | undefined {
    const { name, sheet, kinds, cells, isSample } = kept;
    return cells && !isSample && lettersOf(cells) <= mostKept ? { name, sheet, kinds, cells } : undefined;
  },
  /** As it was kept before the page was loaded again. */
  restore(before: KeptList): void {
    kept = { ...nothing, ...before };
  },
};

const lettersOf = (cells: Cells) => cells.rows.reduce((sum, row) => sum + row.cells.reduce((of, cell) => of + cell.length + 3, 0), 0);

export const isWorkbook = (bytes: ArrayBuffer): boolean => new Uint8Array(bytes.slice(0, 2)).join() === '80,75';

/** A file as sheets, read here: an XLSX workbook, or text. */
export async function readSheets(file: File): Promise<Sheet[]> {
  const bytes = await file.arrayBuffer();
  if (isWorkbook(bytes)) return (await import('../../lib/xlsx')).readWorkbook(bytes);
  return [{ name: file.name, rows: parseCells(decodeText(bytes)) }];
}
