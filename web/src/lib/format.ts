// Figures, dates and names as the reader's language writes them.
import type { Estimate } from './api';
import { i18n } from './i18n.svelte';

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.Collator | Intl.ListFormat>();

function made<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.Collator | Intl.ListFormat>(name: string, make: (locale: string) => T, locale = i18n.locale): T {
  const key = `${locale} ${name}`;
  let found = formats.get(key) as T | undefined;
  if (!found) formats.set(key, (found = make(locale)));
  return found;
}

/** Three significant digits and no more than the figure has; whole numbers in full. */
export function number(value: number, digits = 3): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return made('whole', (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(value);
  }
  return made(`n${digits}`, (locale) => new Intl.NumberFormat(locale, { maximumSignificantDigits: digits })).format(value);
}

/** So many in a year: less than one in a thousand years is not worth a figure, and is never shown as nothing. */
export function rate(value: number): string {
  const least = 0.001;
  return value > 0 && value < least ? `< ${number(least)}` : number(value);
}

/** A number with so many digits after the sign, as figures that stand below each other need; what rounds to nought has no sign. */
export function decimal(value: number, digits = 1): string {
  const isNought = Number(value.toFixed(digits)) === 0;
  return made(`d${digits}`, (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(isNought ? 0 : value);
}

/** A part of a whole as per cent; what is more than nothing is never shown as nothing. */
export function share(value: number): string {
  const percent = made('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
  const isTiny = value > 0 && value < 0.005;
  const isAlmostAll = value < 1 && value > 0.995;
  if (isTiny) return `< ${percent.format(0.01)}`;
  return isAlmostAll ? `> ${percent.format(0.99)}` : percent.format(value);
}

/** A part of a whole as per cent with three significant digits, where less than a hundredth is worth saying. */
export function exactShare(value: number): string {
  return made('exact percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 3 })).format(value);
}

export function money(value: number, currency = 'USD'): string {
  return made(`m${currency}`, (locale) => new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code', maximumFractionDigits: 0 })).format(value);
}

/** An amount of money without its unit: to the cent where one of its column needs it, so that they line up. */
export function amount(value: number, digits: number = amountDigits([value])): string {
  return made(`amount${digits}`, (locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);
}

/** Decimals for a column of amounts: cents, but for whole amounts and large ones. */
export function amountDigits(values: number[]): number {
  const large = 100_000;
  return values.every((value) => Number.isInteger(value) || Math.abs(value) >= large) ? 0 : 2;
}

/** "2026-01-31" or a point in time as a day. */
export function day(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.valueOf())) return text;
  return made('day', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })).format(date);
}

export function moment(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.valueOf())) return text;
  return made('moment', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })).format(date);
}

export function list(words: string[]): string {
  return made('list', (locale) => new Intl.ListFormat(locale, { type: 'conjunction' })).format(words);
}

/** The order of names in the reader's language. */
export function compareText(a: string, b: string, of = i18n.locale): number {
  return made('order', (locale) => new Intl.Collator(locale, { numeric: true }), of).compare(a, b);
}

export function isEstimate(value: unknown): value is Estimate {
  return typeof value === 'object' && value !== null && 'likely' in value && 'low' in value && 'high' in value;
}

/** The likely value of a number or an estimate; null: not known. */
export function likely(value: number | Estimate | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'number' ? value : value.likely;
}

/** A name without what stands in brackets after it. */
export function shortName(name: string): string {
  return name.replace(/\s*\([^)]*\)$/, '') || name;
}
