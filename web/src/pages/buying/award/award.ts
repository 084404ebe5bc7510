// A purchase as the tables that `adic award` reads, and its answer set out: who gets what from whom in columns, quotes side by side.
import type { Parameters } from '../../../lib/running.svelte';
import { cellsOf } from '../../../lib/cells';
import type { Room } from '../projects/stages';
import type { ProjectTerms } from '../projects/terms';
import type { Sentence } from '../../../lib/said';

export interface Cost {
  total: number;
  pieces: number;
  orders: number;
  suppliers: number;
  storage: number;
  at_least: number;
  gap: number;
}

export interface Order {
  item: string;
  year: string;
  supplier: string;
  package: string | null;
  pieces: number;
  spare: number;
  price: number;
  fixed_cost: number;
}

export interface Delivery {
  item: string;
  state: string | null;
  needed: string | null;
  year: string;
  supplier: string;
  package: string | null;
  pieces: number;
}

export interface Held {
  demand: Sentence;
  unit: string | null;
  saves: number | null;
  without: number | null;
}

export interface Quote {
  item: string;
  pieces: number;
  supplier: string;
  asks: number | null;
}

export interface Exposure {
  supplier: string;
  item: string;
  exposure: number;
  unknown: number;
}

export interface AwardAnswer {
  cost?: Cost[];
  orders?: Order[];
  deliveries?: Delivery[];
  prices?: Held[];
  quotes?: Quote[];
  exposures?: Exposure[];
  conflict?: { demand: Sentence }[];
  problems?: { file: string; row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export const tableNames = ['items', 'suppliers', 'demands', 'offers', 'breaks', 'contents', 'packages', 'rules'] as const;
export type TableName = (typeof tableNames)[number];
export const neededTables: readonly TableName[] = ['items', 'suppliers', 'demands', 'offers'];
export type Tables = Partial<Record<TableName, string>>;

/** Which table it is, by its file's name or else by its columns; undefined: none of them. */
export function nameOfTable(file: string, text: string): TableName | undefined {
  const plain = file.toLowerCase().replace(/\.csv$/, '');
  const named = tableNames.find((name) => name === plain);
  if (named) return named;
  const head = new Set((cellsOf(text)[0] ?? []).map((column) => column.trim().toLowerCase()));
  const has = (...columns: string[]) => columns.every((column) => head.has(column));
  if (has('rule')) return 'rules';
  if (has('package')) return 'packages';
  if (has('place', 'share')) return 'contents';
  if (has('state', 'pieces')) return 'demands';
  if (has('supplier', 'item', 'from', 'price')) return 'breaks';
  if (has('supplier', 'item', 'price')) return 'offers';
  if (has('supplier')) return 'suppliers';
  return has('item') ? 'items' : undefined;
}

export const rowsOf = (text: string | undefined) => Math.max(0, cellsOf(text ?? '').length - 1);

export const missingTables = (tables: Tables) => neededTables.filter((name) => !tables[name]?.trim());

/** How the cheapest plan is looked for: `adic award --method`. */
export const methods = ['auto', 'whole', 'parts'] as const;
export type Method = (typeof methods)[number];

export interface Wishes {
  /** In per cent. */
  gap: string;
  method: Method;
  isPriced: boolean;
  /** Suppliers without an exposure take it from the map. */
  isExposed: boolean;
}

/** Requires: no table is missing, or there is none: then the made-up purchase that comes with the program is asked. */
export function parametersOf(tables: Tables, { gap, method, isPriced, isExposed }: Wishes): Parameters {
  const files = Object.fromEntries(tableNames.filter((name) => tables[name]?.trim()).map((name) => [`${name}.csv`, tables[name]!]));
  return {
    ...(Object.keys(files).length ? { folder: { files } } : {}),
    ...(gap.trim() ? { gap: String(Number((Number(gap) / 100).toFixed(10))) } : {}),
    method,
    ...(isPriced ? {} : { 'no-prices': true }),
    ...(isExposed ? { exposures: true } : {}),
  };
}

/** The same question for a plan at once: the best that is found in two seconds, without the price of its rules. */
export const firstOf = (parameters: Parameters): Parameters => ({ ...parameters, 'time-limit': '2', 'no-prices': true });

export const hasPlan = (answer: AwardAnswer | null | undefined): boolean => (answer?.cost?.length ?? 0) > 0;

/** Whether nothing is left to look for once this has been answered at once. */
export function isWhole(answer: AwardAnswer, { gap, isPriced }: Wishes): boolean {
  if (answer.problems?.length) return true;
  const cost = answer.cost?.[0];
  return cost !== undefined && !isPriced && cost.gap <= Number(gap) / 100;
}

const quoted = (cell: string | number) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell));
const tableOf = (head: string, rows: (string | number)[][]) => `${head}\n${rows.map((row) => `${row.map(quoted).join(',')}\n`).join('')}`;

/** The purchase of a project as the reader sees it: its offer is one quote; others are added beside it. What is not seen is left out, and named. */
export function tablesOf(room: Room, terms: ProjectTerms | undefined): { tables: Tables; unseen: string[]; bands: string[] } {
  const { item } = room;
  const unseen: string[] = [];
  const bands: string[] = [];
  const demands: (string | number)[][] = [];
  for (const { state, standing, quantity, need_by } of room.participants) {
    if (standing !== 'member') continue;
    const year = (need_by ?? terms?.last ?? terms?.first ?? '').slice(0, 4);
    if (!quantity || !year) unseen.push(state);
    else {
      if (quantity.low !== quantity.high) bands.push(state);
      demands.push([item, state, year, Math.round((quantity.low + quantity.high) / 2)]);
    }
  }
  const [first, ...breaks] = terms?.breaks ?? [];
  const supplier = 'offer of the project';
  const rule = terms?.isIncremental ? 'incremental' : 'all-units';
  const once = typeof terms?.once === 'number' ? terms.once : '';
  const tables: Tables = {
    items: tableOf('item', [[item]]),
    suppliers: tableOf('supplier,fixed_cost', [[supplier, once]]),
    demands: tableOf('item,state,year,pieces', demands),
    offers: tableOf('item,supplier,price,breaks', first ? [[item, supplier, first.price, rule]] : []),
    ...(breaks.length ? { breaks: tableOf('item,supplier,from,price', breaks.map((one) => [item, supplier, one.from, one.price])) } : {}),
  };
  return { tables, unseen, bands };
}

/** Who gets what: a row for each state and item, a column for each supplier and year of delivery. */
export interface PlanRow {
  item: string;
  /** Empty: pieces that nobody needs. */
  state: string;
  pieces: number;
  cells: Record<string, number>;
}

export interface PlanColumn {
  key: string;
  supplier: string;
  year: string;
}

export function planOf(deliveries: Delivery[]): { rows: PlanRow[]; columns: PlanColumn[] } {
  const rows = new Map<string, PlanRow>();
  const columns = new Map<string, PlanColumn>();
  for (const { item, state, year, supplier, pieces } of deliveries) {
    const column = `${supplier} ${year}`;
    columns.set(column, { key: column, supplier, year });
    const key = `${item}\n${state ?? ''}`;
    const row = rows.get(key) ?? { item, state: state ?? '', pieces: 0, cells: {} };
    row.pieces += pieces;
    row.cells[column] = (row.cells[column] ?? 0) + pieces;
    rows.set(key, row);
  }
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return {
    rows: [...rows.values()].sort((a, b) => compare(a.item, b.item) || Number(!a.state) - Number(!b.state) || compare(a.state, b.state)),
    columns: [...columns.values()].sort((a, b) => compare(a.supplier, b.supplier) || compare(a.year, b.year)),
  };
}

export interface QuoteRow {
  item: string;
  pieces: number;
  /** By supplier; null: not for all pieces at once. */
  asks: Record<string, number | null>;
  lowest: number | null;
}

export function quotesOf(quotes: Quote[]): { rows: QuoteRow[]; suppliers: string[] } {
  const rows = new Map<string, QuoteRow>();
  for (const { item, pieces, supplier, asks } of quotes) {
    const row = rows.get(item) ?? { item, pieces, asks: {}, lowest: null };
    row.asks[supplier] = asks;
    if (asks !== null) row.lowest = Math.min(asks, row.lowest ?? asks);
    rows.set(item, row);
  }
  return { rows: [...rows.values()], suppliers: [...new Set(quotes.map((one) => one.supplier))] };
}
