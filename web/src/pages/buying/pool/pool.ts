// Who else buys it: the years as marks on a line, and an offer as the table of terms that the server reads.
import type { Schemas } from '../../../lib/api';
import { cellsOf } from '../../../lib/cells';
import type { ProjectTerms } from '../projects/terms';
import { figureOf } from '../share/share';

export type Pool = Schemas['Pool'];
export type Group = Schemas['PoolGroup'];
export type Match = Schemas['PoolMatch'];
export type Period = Schemas['PoolPeriod'];

export interface Axis {
  from: number;
  until: number;
}

/** In per cent of the way from the first day of the axis to the end of its last. */
export function placeOf(day: string, axis: Axis): number {
  const at = (100 * (Date.parse(day) - axis.from)) / (axis.until - axis.from);
  return Math.min(100, Math.max(0, at));
}

const oneDay = 86_400_000;

export function axisOf(from: string, until: string): Axis {
  return { from: Date.parse(from), until: Date.parse(until) + oneDay };
}

/** From the first day to the end of the last. */
export function barOf(from: string, until: string, axis: Axis): { x: number; width: number } {
  const x = placeOf(from, axis);
  const end = placeOf(new Date(Date.parse(until) + oneDay).toISOString(), axis);
  return { x, width: Math.max(0.5, end - x) };
}

/** The years that begin within the axis. */
export function yearsOf(axis: Axis): { year: number; x: number }[] {
  const found = [];
  for (let year = new Date(axis.from).getUTCFullYear() + 1; Date.UTC(year) < axis.until; year += 1) found.push({ year, x: placeOf(`${year}-01-01`, axis) });
  return found;
}

/** All as typed; `once` in money, `coordination` in per cent of the cost. */
export interface Ends {
  low: string;
  likely: string;
  high: string;
}

export interface Offer {
  prices: ({ from: string } & Ends)[];
  isIncremental: boolean;
  once: Ends;
  coordination: Ends;
}

export function newOffer(): Offer {
  const empty = { low: '', likely: '', high: '' };
  return { prices: [{ from: '1', ...empty }, { from: '', ...empty }], isIncremental: false, once: { ...empty }, coordination: { low: '2', likely: '3', high: '6' } };
}

/** A project's offer as the reader sees it: what is not shown to it stays empty. */
export function offerOf(terms: ProjectTerms): Offer {
  const exactly = (value: string) => ({ low: '', likely: value, high: '' });
  const offer = newOffer();
  if (terms.breaks.length) offer.prices = terms.breaks.map(({ from, price }) => ({ from: String(from), ...exactly(String(price)) }));
  offer.isIncremental = terms.isIncremental;
  if (typeof terms.once === 'number') offer.once = exactly(String(terms.once));
  if (terms.coordination !== undefined) offer.coordination = exactly(String(Number((100 * terms.coordination).toFixed(6))));
  return offer;
}

const isFilled = (ends: Ends) => Boolean(ends.low.trim() || ends.likely.trim() || ends.high.trim());

/** Low and high may be left out; the three never fall. */
function isRight(ends: Ends): boolean {
  const likely = figureOf(ends.likely);
  const [low, high] = [ends.low.trim() ? figureOf(ends.low) : likely, ends.high.trim() ? figureOf(ends.high) : likely];
  return likely !== undefined && low !== undefined && high !== undefined && low <= likely && likely <= high;
}

/** What keeps it from being asked, by field: prices.0.from, prices.1.likely, once, coordination. */
export function problemsOf(offer: Offer): Record<string, string> {
  const found: Record<string, string> = {};
  let last = 0;
  offer.prices.forEach((one, row) => {
    if (!one.from.trim() && !isFilled(one) && row > 0) return;
    const from = figureOf(one.from);
    if (from === undefined || (row === 0 ? from !== 1 : from <= last)) found[`prices.${row}.from`] = row === 0 ? 'buying.wrong.first' : 'buying.wrong.rising';
    last = Math.max(last, from ?? 0);
    if (!isRight(one)) found[`prices.${row}.likely`] = 'buying.wrong.ends';
  });
  if (isFilled(offer.once) && !isRight(offer.once)) found['once'] = 'buying.wrong.ends';
  const most = figureOf(offer.coordination.high || offer.coordination.likely) ?? 0;
  if (isFilled(offer.coordination) && (!isRight(offer.coordination) || most > 100)) found['coordination'] = 'buying.wrong.percents';
  return found;
}

/** A table of terms as the server takes it. What is no figure stays text, and the server says what is wrong with it. */
export function termsRows(table: string): Schemas['OfferTerms'] {
  const [head = [], ...rows] = cellsOf(table);
  const valueOf = (text: string) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
  return rows.map((cells) => {
    const filled = head.map((name, at) => [name.trim(), valueOf(cells[at] ?? '')] as const).filter(([, value]) => value !== '');
    return Object.fromEntries(filled) as Schemas['OfferTerms'][number];
  });
}

/** Whether a table has exchange rates and not terms: a row for each rate, or the central bank's own form. */
export function isRates(text: string): boolean {
  const head = (cellsOf(text)[0] ?? []).map((name) => name.toLowerCase());
  return !head.includes('term') && (head.includes('rate') || head[0] === 'date');
}

/** A table of rates as the server takes it; what it lacks, the server says. */
export function ratesRows(table: string): Schemas['ExchangeRates'] {
  const [head = [], ...rows] = cellsOf(table);
  return rows.map((cells) => {
    const filled = head.map((name, at): [string, string | number] => [name.toLowerCase(), name.toLowerCase() === 'rate' && Number.isFinite(Number(cells[at])) ? Number(cells[at]) : (cells[at] ?? '')]);
    return Object.fromEntries(filled.filter(([, value]) => value !== '')) as Schemas['ExchangeRates'][number];
  });
}

/** Requires: no problems. The table of docs/reference/terms.md. */
export function termsTable(offer: Offer): string {
  const rows = ['term,from,low,likely,high,text'];
  const add = (term: string, from: string, ends: Ends, scale = 1) => {
    const cells = [ends.low, ends.likely, ends.high].map((text) => (text.trim() ? String(Number(((figureOf(text) ?? 0) * scale).toFixed(10))) : ''));
    rows.push([term, from, ...cells, ''].join(','));
  };
  for (const one of offer.prices) if (isFilled(one)) add('price', String(figureOf(one.from)), one);
  if (offer.isIncremental) rows.push('break_rule,,,,,incremental');
  if (isFilled(offer.once)) add('non_recurring', '', offer.once);
  if (isFilled(offer.coordination)) add('coordination', '', offer.coordination, 0.01);
  return `${rows.join('\n')}\n`;
}
