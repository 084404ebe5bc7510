// The lines of a parts list as they are compared: codes without signs, numbers as numbers, states by their codes.
import type { Cells } from '../../lib/cells';
import { daysOf, decimalMark, plainNumber, stateOf, withUnit } from '../data/values';
import type { Kind } from './guess';

export interface Line {
  /** Place in the list, from 0. */
  at: number;
  /** As the spreadsheet counts. */
  row: number;
  partNumber: string;
  name: string;
  nsn: string;
  hs: string;
  maker: string;
  quantity: number | null;
  /** The code of a state; empty: none is said, or none that is known. */
  origin: string;
  originSaid: string;
  price: number | null;
  /** In days. */
  leadTime: number | null;
  system: string;
}

/** Digits of a tariff code; where a spreadsheet took it for a number, the nought before it is put back. */
export function hsDigits(cell: string): string {
  const digits = cell.replace(/[\s.\-\u00a0]/g, '');
  if (!/^\d{4,12}$/.test(digits)) return '';
  return digits.length % 2 === 1 ? `0${digits}` : digits;
}

/** The thirteen digits of a NATO stock number, or the nine of an item number; empty: neither. */
export function nsnDigits(cell: string): string {
  const digits = cell.replace(/[\s\-\u00a0]/g, '');
  return /^\d{13}$/.test(digits) || /^\d{9}$/.test(digits) ? digits : '';
}

export function linesOf(cells: Cells, kinds: readonly (Kind | '')[]): Line[] {
  const column = (kind: Kind) => kinds.indexOf(kind);
  const at = Object.fromEntries(['part_number', 'maker_part', 'name', 'nsn', 'hs', 'maker', 'quantity', 'origin', 'price', 'lead_time', 'system'].map((kind) => [kind, column(kind as Kind)])) as Record<Kind, number>;
  const mark = (kind: Kind) => (cells.isTyped ? 'point' : decimalMark(cells.rows.map((row) => row.cells[at[kind]] ?? '')));
  const marks = { quantity: mark('quantity'), price: mark('price') };
  const origins = new Map<string, string>();
  const numberOf = (text: string, how: 'quantity' | 'price') => {
    const number = plainNumber(text, marks[how]);
    return number === '' ? null : Number(number);
  };
  const lines = cells.rows.map((row, place): Line => {
    const text = (kind: Kind) => (at[kind] < 0 ? '' : (row.cells[at[kind]] ?? ''));
    const originSaid = text('origin');
    if (originSaid && !origins.has(originSaid)) origins.set(originSaid, stateOf(originSaid));
    return {
      at: place,
      row: row.number,
      partNumber: text('part_number') || text('maker_part'),
      name: text('name'),
      nsn: nsnDigits(text('nsn')),
      hs: hsDigits(text('hs')),
      maker: text('maker'),
      quantity: numberOf(text('quantity'), 'quantity'),
      origin: origins.get(originSaid) ?? '',
      originSaid,
      price: numberOf(text('price'), 'price'),
      leadTime: daysOf(withUnit(text('lead_time'), cells.head[at.lead_time] ?? '')),
      system: text('system'),
    };
  });
  // Lines of sums and notes have none of what a part is known by.
  return lines.filter((line) => line.partNumber || line.name || line.nsn || line.hs).map((line, place) => ({ ...line, at: place }));
}
