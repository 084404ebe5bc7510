// Savings that were claimed against what was realised, as `adic realised` answers.
import examplePurchases from '../../../../../data/procure/savings/purchases.csv?raw';
import exampleRates from '../../../../../data/procure/savings/rates.csv?raw';
import type { Parameters } from '../../../lib/running.svelte';
import { cellsOf } from '../../../lib/cells';
import type { Sentence } from '../../../lib/said';

export interface Saving {
  purchase: string;
  state: string;
  claimed_low: number;
  claimed_likely: number;
  claimed_high: number;
  realised: number;
  verdict: string;
}

export interface Effect {
  purchase: string;
  state: string;
  plan_saving: number;
  volume_effect: number;
  price_effect: number;
  realised: number;
}

export interface Spend {
  purchase: string;
  state: string;
  planned: number;
  volume: number;
  price: number;
  inflation: number;
  exchange: number;
  paid: number;
  planned_at: string | null;
  paid_at: string | null;
}

export interface RealisedAnswer {
  savings?: Saving[];
  effects?: Effect[];
  spend?: Spend[];
  problems?: { file: string; row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export interface Books {
  purchases?: string;
  rates?: string;
}

export const exampleBooks: Books = { purchases: examplePurchases, rates: exampleRates };

/** The tables by what their first rows name: purchases, and exchange rates in one of the two forms that are read. */
export function booksOf(texts: string[], before: Books): Books | undefined {
  const found = { ...before };
  for (const text of texts) {
    const head = (cellsOf(text)[0] ?? []).map((name) => name.trim().toLowerCase());
    if (head.includes('purchase') && head.includes('paid_price')) found.purchases = text;
    else if (head.includes('rate') || head[0] === 'date') found.rates = text;
    else return undefined;
  }
  return found;
}

export function parametersOf(books: Books, currency: string): Parameters {
  return { file: { content: books.purchases ?? '' }, ...(books.rates?.trim() ? { rates: { content: books.rates } } : {}), ...(currency.trim() ? { currency: currency.trim().toUpperCase() } : {}) };
}

/** Sums stand under the purchases that they are of. */
export const isSum = (one: { purchase: string }) => one.purchase === 'all' || one.purchase.startsWith('all ');

/** Where a figure stands on a line from the least to the most of the row, nought always on it; per cent. */
export function placesOf(one: Saving): { at: (value: number) => number } {
  const all = [0, one.claimed_low, one.claimed_likely, one.claimed_high, one.realised];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return { at: (value) => (most === least ? 0 : (100 * (value - least)) / (most - least)) };
}
