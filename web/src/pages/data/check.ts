// What will be sent of a sheet, and which cells are not right: by ourselves before anything is sent, then by the server.
import { t } from '../../lib/i18n.svelte';
import type { TableProblem } from '../../lib/api';
import type { Field, RecordType } from '../../lib/records';
import type { Cells } from '../../lib/cells';
import { fieldsOf } from './columns';
import { decimalMark, isTwoNumbers, plainNumber, readCell, tooEarly, withUnit, type DecimalMark } from './values';

export interface CellProblem {
  /** Place of the row in the table, not its number. */
  at: number;
  /** Of the column; -1: of the row as a whole. */
  column: number;
  message: string;
}

/** What is asked of a column whose numbers can be read in two ways: once for all of its cells. */
export interface Question {
  column: number;
  /** A cell that can be two numbers, and how many more there are. */
  cell: string;
  cells: number;
  /** The ways, the likelier one first. */
  ways: { mark: DecimalMark; number: string }[];
}

export interface Checked {
  /** For each row what is sent, by field. */
  records: Record<string, string>[];
  problems: CellProblem[];
  /** Cells that are sent otherwise than they were written. */
  rewritten: { at: number; column: number; from: string; to: string }[];
  /** Required fields that no column holds, and that are not the same in all rows. */
  missing: Field[];
  questions: Question[];
}

/** Groups of three are thousands more often than decimals, but not in a share, which is no more than 1. */
function questionOf(cells: string[], column: number, field: Field): Question[] {
  const twofold = cells.filter(isTwoNumbers);
  const cell = twofold[0];
  if (cell === undefined) return [];
  const ways = (['point', 'comma'] as const).map((mark) => ({ mark, number: plainNumber(cell, mark) }));
  const isShare = field.most === 1;
  ways.sort((a, b) => (Math.abs(Number(b.number)) - Math.abs(Number(a.number))) * (isShare ? -1 : 1));
  return [{ column, cell, cells: twofold.length, ways }];
}

/** `constants`: what a field holds in every row, where no column does; `said`: how numbers of a column are read, by its place. */
export function checkCells(cells: Cells, keys: string[], type: RecordType, constants: Record<string, string> = {}, said: Record<number, DecimalMark> = {}): Checked {
  const fields = fieldsOf(type);
  const columns = keys.flatMap((key, column) => {
    const field = fields.find((one) => one.key === key);
    if (!field) return [];
    const isNumber = field.kind === 'number' || field.kind === 'whole';
    const texts = isNumber && !cells.isTyped ? cells.rows.map((row) => row.cells[column] ?? '') : [];
    const found: DecimalMark = cells.isTyped ? 'point' : decimalMark(texts);
    const questions = found === 'unknown' ? questionOf(texts, column, field) : [];
    return [{ column, field, mark: questions.length > 0 ? (said[column] ?? found) : found, questions }];
  });
  const checked: Checked = { records: [], problems: [], rewritten: [], missing: [], questions: columns.flatMap((one) => one.questions) };
  const same = fields.flatMap((field) => {
    const constant = keys.includes(field.key) ? '' : (constants[field.key] ?? '').trim();
    const read = constant ? readCell(constant, field) : undefined;
    return read && !read.problem ? [[field.key, read.text] as const] : [];
  });
  const given = new Set([...keys, ...same.map(([key]) => key)]);
  checked.missing = type.fields.filter((field) => field.required && !given.has(field.key));
  const seen = new Map<string, number>();
  cells.rows.forEach((row, at) => {
    const record: Record<string, string> = Object.fromEntries(same);
    for (const { column, field, mark } of columns) {
      const from = row.cells[column] ?? '';
      const read = readCell(field.of === 'days' ? withUnit(from, cells.head[column] ?? '') : from, field, mark);
      record[field.key] = read.text;
      if (read.why === 'number.two') continue; // the column is asked, not the cell
      if (read.problem) checked.problems.push({ at, column, message: read.problem });
      else if (read.text !== from.trim() && !field.several && field.kind !== 'properties') checked.rewritten.push({ at, column, from, to: read.text });
      if (field.key === 'id' && read.text) {
        const earlier = seen.get(read.text);
        if (earlier !== undefined) checked.problems.push({ at, column, message: t('data.cell.twice', { row: cells.rows[earlier]!.number }) });
        else seen.set(read.text, at);
      }
    }
    for (const { key, problem } of tooEarly(record, fields)) checked.problems.push({ at, column: keys.indexOf(key), message: problem });
    checked.records.push(record);
  });
  return checked;
}

/** The server counts lines of the table as it was written for it: a line for the head, and more than one for a cell with breaks. */
function lineOfEach(records: Record<string, string>[]): number[] {
  let line = 2;
  return records.map((record) => {
    const own = line;
    line += 1 + Object.values(record).reduce((sum, text) => sum + text.split('\n').length - 1, 0);
    return own;
  });
}

/** Problems of the server at the cells that they are about. */
export function placeProblems(problems: TableProblem[], records: Record<string, string>[], keys: string[]): CellProblem[] {
  const rowAt = new Map(lineOfEach(records).map((line, at) => [line, at]));
  return problems.map((problem) => {
    const named = /^field '([^']+)': (.*)$/s.exec(problem.message ?? '');
    const key = problem.column || named?.[1] || '';
    const said = named?.[2] ?? problem.message ?? '';
    return { at: rowAt.get(problem.row ?? 0) ?? 0, column: keys.indexOf(key.split('.')[0] ?? ''), message: said };
  });
}
