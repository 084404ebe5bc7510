import type { Cell } from '../lib/csv';

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
