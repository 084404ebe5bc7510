import type { Cell } from '../lib/csv';
import type { Sheet } from '../lib/save_answer';

/** A column of a Table. */
export interface Column<Row> {
  key: string;
  label: string;
  /** The cell as text, for order and export. */
  text: (row: Row) => Cell;
  /** What it is ordered by, where that is not its text. */
  order?: (row: Row) => Cell;
  unit?: string;
  /** Figures stand right and line up. */
  number?: boolean;
  wide?: boolean;
  /** It cannot be ordered by. */
  fixed?: boolean;
}

/** Rows as they are saved: the columns of a Table, as text. */
export function sheetOf<Row>(name: string, columns: Column<Row>[], rows: Row[]): Sheet {
  return { name, head: columns.map((column) => column.label), rows: rows.map((row) => columns.map((column) => column.text(row))) };
}
