// A joint purchase as it is typed in or read from a table, what is wrong with it, and how it is asked of `adic share`.
import { cellsOf } from '../../../lib/cells';
import type { Parameters } from '../../../lib/running.svelte';

export interface Buyer {
  state: string;
  /** A number, or a range such as 8-12. */
  quantity: string;
}

export interface Break {
  from: string;
  price: string;
}

/** Priced by a list, by a learning curve or by a table of terms. All as typed. */
export interface Purchase {
  item: string;
  unit: string;
  buyers: Buyer[];
  way: 'breaks' | 'curve' | 'terms';
  breaks: Break[];
  isIncremental: boolean;
  firstUnit: string;
  slope: string;
  learning: 'crawford' | 'wright';
  /** Pieces that the line has made already, and what a break of production lost of what was learnt, in per cent. */
  madeBefore: string;
  learningLost: string;
  once: string;
  /** In per cent of the cost. */
  coordination: string;
  /** A table of terms, which stands for all of the above; and what its currencies are exchanged at. */
  terms: string;
  exchange: { rates: string; on: string; currency: string };
}

/** What each set of states would pay by itself, as a table. */
export interface Game {
  item: string;
  unit: string;
  table: string;
  states: number;
}

export const mostStates = 16;

export function newPurchase(): Purchase {
  return {
    item: '',
    unit: 'USD',
    buyers: [{ state: '', quantity: '' }, { state: '', quantity: '' }],
    way: 'breaks',
    breaks: [{ from: '1', price: '' }, { from: '', price: '' }],
    isIncremental: false,
    firstUnit: '',
    slope: '90',
    learning: 'crawford',
    madeBefore: '0',
    learningLost: '0',
    once: '0',
    coordination: '0',
    terms: '',
    exchange: { rates: '', on: '', currency: '' },
  };
}

/** The worked examples of docs/guides/who-shares-the-saving.md and docs/reference/cli.md. */
export const examples: Record<string, Purchase | Game> = {
  radio: {
    ...newPurchase(),
    buyers: [{ state: 'MYS', quantity: '30' }, { state: 'PHL', quantity: '60' }, { state: 'VNM', quantity: '120' }],
    breaks: [{ from: '1', price: '100' }, { from: '50', price: '92' }, { from: '100', price: '85' }, { from: '200', price: '80' }],
  },
  craft: {
    ...newPurchase(),
    buyers: [{ state: 'PHL', quantity: '6' }, { state: 'MYS', quantity: '4' }, { state: 'IDN', quantity: '8' }, { state: 'THA', quantity: '6' }],
    way: 'curve',
    firstUnit: '12000000',
    once: '20000000',
    coordination: '3',
  },
  noCore: {
    item: '',
    unit: 'USD',
    states: 3,
    table: 'coalition,amount\nMYS,3000\nPHL,5520\nVNM,10200\nMYS+PHL,8280\nMYS+VNM,12750\nPHL+VNM,15300\nMYS+PHL+VNM,18400\n',
  },
};

export function isGame(what: Purchase | Game): what is Game {
  return 'table' in what;
}

/** A figure as it is typed: thousands may be parted by blanks or commas. */
export function figureOf(text: string): number | undefined {
  const plain = text.trim().replace(/(?<=\d)[ ,\u00a0\u202f'](?=\d{3}(\D|$))/g, '');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** "9", "8-12" or "8–12". */
export function rangeOf(text: string): { low: number; high: number } | undefined {
  const ends = text.split(/\s*[-–]\s*/);
  const [low, high] = [figureOf(ends[0] ?? ''), figureOf(ends[ends.length - 1] ?? '')];
  return ends.length <= 2 && low !== undefined && high !== undefined && low <= high ? { low, high } : undefined;
}

export interface Problem {
  /** Which field: buyers.0.state, breaks.2.price, once. */
  at: string;
  /** Key of the message that says what would be right. */
  message: string;
}

function problemsOfBuyers(purchase: Purchase): Problem[] {
  const found: Problem[] = [];
  const seen = new Set<string>();
  purchase.buyers.forEach(({ state, quantity }, row) => {
    if (!state) found.push({ at: `buyers.${row}.state`, message: 'buying.wrong.state' });
    else if (seen.has(state)) found.push({ at: `buyers.${row}.state`, message: 'buying.wrong.twice' });
    seen.add(state);
    const range = rangeOf(quantity);
    const isWhole = purchase.way !== 'curve' || (range && Number.isInteger(range.low) && Number.isInteger(range.high));
    if (!range || range.low <= 0 || !isWhole) found.push({ at: `buyers.${row}.quantity`, message: purchase.way === 'curve' ? 'buying.wrong.whole' : 'buying.wrong.quantity' });
  });
  return found;
}

function problemsOfBreaks(breaks: Break[]): Problem[] {
  const found: Problem[] = [];
  let last = 0;
  breaks.forEach(({ from, price }, row) => {
    if (!from.trim() && !price.trim() && row > 0) return;
    const start = figureOf(from);
    if (start === undefined || (row === 0 ? start > 1 : start <= last)) found.push({ at: `breaks.${row}.from`, message: row === 0 ? 'buying.wrong.first' : 'buying.wrong.rising' });
    last = Math.max(last, start ?? 0);
    if (figureOf(price) === undefined) found.push({ at: `breaks.${row}.price`, message: 'buying.wrong.price' });
  });
  return found;
}

function problemsOfTerms({ terms, exchange }: Purchase): Problem[] {
  const head = (cellsOf(terms)[0] ?? []).map((name) => name.toLowerCase());
  const found: Problem[] = [];
  if (!head.includes('term') || !head.includes('likely')) found.push({ at: 'terms', message: 'buying.wrong.terms' });
  if (exchange.currency.trim() && !/^[a-z]{3}$/i.test(exchange.currency.trim())) found.push({ at: 'currency', message: 'buying.wrong.currency' });
  return found;
}

/** The currency of the amounts: of a table of terms the one that is asked for, or the first that it names. */
export function unitOf(what: Purchase | Game): string {
  if (isGame(what) || what.way !== 'terms') return what.unit;
  const asked = what.exchange.currency.trim().toUpperCase();
  const [head = [], ...rows] = cellsOf(what.terms);
  const at = head.findIndex((name) => name.toLowerCase() === 'currency');
  return asked || rows.map((row) => row[at] ?? '').find(Boolean) || what.unit;
}

/** All that keeps a purchase from being worked out, by field. */
export function problemsOf(purchase: Purchase): Problem[] {
  const found = problemsOfBuyers(purchase);
  const part = (text: string) => (figureOf(text) ?? -1) >= 0 && figureOf(text)! <= 100;
  if (purchase.way === 'terms') return [...found, ...problemsOfTerms(purchase)];
  if (purchase.way === 'breaks') found.push(...problemsOfBreaks(purchase.breaks));
  else {
    if (!figureOf(purchase.firstUnit)) found.push({ at: 'firstUnit', message: 'buying.wrong.price' });
    if (!figureOf(purchase.slope) || !part(purchase.slope)) found.push({ at: 'slope', message: 'buying.wrong.slope' });
    if (!Number.isInteger(figureOf(purchase.madeBefore))) found.push({ at: 'madeBefore', message: 'buying.wrong.wholeOrNone' });
    if (!part(purchase.learningLost)) found.push({ at: 'learningLost', message: 'buying.wrong.percent' });
  }
  if (figureOf(purchase.once) === undefined) found.push({ at: 'once', message: 'buying.wrong.amount' });
  if (!part(purchase.coordination)) found.push({ at: 'coordination', message: 'buying.wrong.percent' });
  return found;
}

export type End = 'low' | 'likely' | 'high';

/** Whether a quantity is a range, so that all three ends have to be worked out. */
export function hasRange(purchase: Purchase): boolean {
  return purchase.buyers.some(({ quantity }) => {
    const range = rangeOf(quantity);
    return range !== undefined && range.low < range.high;
  });
}

function quantityAt(text: string, end: End): number {
  const range = rangeOf(text) ?? { low: 0, high: 0 };
  return end === 'likely' ? Math.round((range.low + range.high) / 2) : range[end];
}

/** Requires: no problems. Ranges are taken at one end, or in the middle. */
export function parametersOf(what: Purchase | Game, end: End = 'likely'): Parameters {
  if (isGame(what)) return { game: { content: what.table } };
  const table = ['state,quantity', ...what.buyers.map(({ state, quantity }) => `${state},${end === 'likely' && !hasRange(what) ? rangeOf(quantity)!.low : quantityAt(quantity, end)}`)];
  const quantities = { content: `${table.join('\n')}\n` };
  if (what.way === 'terms') {
    const { rates, on, currency } = what.exchange;
    return {
      quantities,
      terms: { content: what.terms },
      ...(rates.trim() ? { rates: { content: rates } } : {}),
      ...(on ? { on } : {}),
      ...(currency.trim() ? { currency: currency.trim().toUpperCase() } : {}),
    };
  }
  const asked: Parameters = { quantities, 'non-recurring': String(figureOf(what.once) ?? 0), coordination: String((figureOf(what.coordination) ?? 0) / 100) };
  if (what.way === 'curve') {
    return { ...asked, 'first-unit': String(figureOf(what.firstUnit)), slope: String(figureOf(what.slope)! / 100), learning: what.learning, 'made-before': String(figureOf(what.madeBefore)), 'learning-lost': String(figureOf(what.learningLost)! / 100) };
  }
  const filled = what.breaks.filter((one) => one.from.trim() || one.price.trim());
  return {
    ...asked,
    'price-breaks': filled.map((one) => `${figureOf(one.from)}:${figureOf(one.price)}`).join(','),
    'breaks-for': what.isIncremental ? 'incremental' : 'all-units',
  };
}

/** A table that was dropped or pasted: of sets of states and amounts, of states and quantities, of terms, or of exchange rates. */
export function readTable(text: string, terms: Purchase): { what: Purchase | Game } | { problem: string } {
  const [head = [], ...rows] = cellsOf(text);
  const names = head.map((name) => name.trim().toLowerCase());
  if (names.includes('coalition') && names.includes('amount')) {
    const at = names.indexOf('coalition');
    const states = new Set(rows.flatMap((row) => (row[at] ?? '').split('+').map((state) => state.trim()))).size;
    return { what: { item: '', unit: terms.unit, table: text, states } };
  }
  if (names.includes('state') && names.includes('quantity')) {
    const [state, quantity] = [names.indexOf('state'), names.indexOf('quantity')];
    return { what: { ...terms, buyers: rows.map((row) => ({ state: (row[state] ?? '').trim().toUpperCase(), quantity: (row[quantity] ?? '').trim() })) } };
  }
  if (names.includes('term') && names.includes('likely')) return { what: { ...terms, way: 'terms', terms: text } };
  if (names.includes('rate') || names[0] === 'date') return { what: { ...terms, way: 'terms', exchange: { ...terms.exchange, rates: text } } };
  return { problem: text.trim() ? 'buying.wrong.table' : 'buying.wrong.empty' };
}
