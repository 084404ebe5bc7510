import { share } from '../../lib/format';
import { i18n } from '../../lib/i18n.svelte';
import type { Range } from './network';

/** A part of one as the reader's language writes it. */
export const percent = share;

/** A probability: how rare it is matters below one per cent, too. */
export function chance(part: number): string {
  const format = { style: 'percent', maximumSignificantDigits: 2 } as const;
  return new Intl.NumberFormat(i18n.locale, format).format(part);
}

/** The likely part, and in brackets between which bounds it is known. */
export function range(part: Range | null): string {
  if (!part) return '';
  const [low, likely, high] = [share(part.low), share(part.likely), share(part.high)];
  return low === high ? likely : `${likely} (${low} – ${high})`;
}
