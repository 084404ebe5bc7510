// What a total by consent is called on the page.
import type { Schemas } from '../../../lib/api';
import { number } from '../../../lib/format';
import { t } from '../../../lib/i18n.svelte';

export type Aggregate = Schemas['Aggregate'];

export function yearsText(one: Aggregate): string {
  return one.first_year === one.last_year ? String(one.first_year) : t('buying.totals.span', { first: String(one.first_year), last: String(one.last_year) });
}

export function outcomeText(one: Aggregate): string {
  if (!one.result) return t('buying.totals.notYet');
  return one.result.total === null ? t('buying.totals.withheld') : t('buying.totals.pieces', { n: number(one.result.total, 6) });
}

/** A year from today, as an input of a day takes it. */
export function inAYear(today: Date): string {
  return new Date(Date.UTC(today.getFullYear() + 1, today.getMonth(), today.getDate())).toISOString().slice(0, 10);
}
