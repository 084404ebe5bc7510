/** What is said of an item after a run: of the likely and the harsh course, or of the futures, never of both at once. */

import { decimal, exactShare, share } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import type { ItemOutcome } from './results';

/** Whether it stops, and when or how surely. */
export function stopText({ chance, stopped, soonestStop, least, weeksLost }: ItemOutcome): string {
  if (chance) {
    if (chance.likely === 0) return t('shock.chance.none', { high: exactShare(Number(chance.high.toPrecision(1))) });
    return t('shock.chance', { likely: share(chance.likely), low: share(chance.low), high: share(chance.high) });
  }
  if (stopped !== null) {
    const isSooner = soonestStop !== null && soonestStop < stopped;
    return isSooner ? t('shock.stopsIn.harsh', { week: stopped, soonest: soonestStop }) : t('shock.stopsIn', { week: stopped });
  }
  if (soonestStop !== null) return t('shock.harshStopsIn', { week: soonestStop });
  if (least < 0.999) return t('shock.short');
  return t(weeksLost.high > 0 ? 'shock.harshShort' : 'shock.whole');
}

/** Weeks with one decimal; what is more than nothing is never shown as nothing. */
export function weeksText(weeks: number): string {
  return weeks > 0 && weeks < 0.05 ? `< ${decimal(0.1)}` : decimal(weeks);
}

/** How much is lost, with its range: from the mild to the harsh course, or what the mean of the futures may be. */
export function lossText({ chance, weeksLost }: ItemOutcome): { lost: string; range: string } {
  const { low, likely, high } = weeksLost;
  const bounds = { low: weeksText(low), high: weeksText(high) };
  return {
    lost: t(chance ? 'shock.weeksLost.mean' : 'shock.weeksLost', { n: weeksText(likely) }),
    range: low === high ? '' : t(chance ? 'shock.weeksLost.sure' : 'shock.weeksLost.range', bounds),
  };
}
