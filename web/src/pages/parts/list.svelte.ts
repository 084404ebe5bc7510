// The list that is looked at: as long as this tab is open, so that a look at the chain explorer does not throw it away, and
// as long as nobody else reads.
import { decodeText, parseCells, type Cells, type Sheet } from '../../lib/cells';
import { whenForgetting } from '../../lib/forget';
import { guessKinds, partsTable, type Kind } from './guess';

interface List {
  /** Of the file; empty: the cells were pasted. */
  name: string;
  sheets: Sheet[];
  sheet: string;
  cells: Cells | undefined;
  kinds: (Kind | '')[];
}

const nothing: List = { name: '', sheets: [], sheet: '', cells: undefined, kinds: [] };

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
};

export const isWorkbook = (bytes: ArrayBuffer): boolean => new Uint8Array(bytes.slice(0, 2)).join() === '80,75';

/** A file as sheets, read here: an XLSX workbook, or text. */
export async function readSheets(file: File): Promise<Sheet[]> {
  const bytes = await file.arrayBuffer();
  if (isWorkbook(bytes)) return (await import('../../lib/xlsx')).readWorkbook(bytes);
  return [{ name: file.name, rows: parseCells(decodeText(bytes)) }];
}
