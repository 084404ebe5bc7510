// The form, filled in from a project as the reader sees it, and what it does not see.
import { t } from '../../../lib/i18n.svelte';
import { stateName } from '../../../lib/states';
import type { Room } from '../projects/stages';
import type { ProjectTerms } from '../projects/terms';
import { newPurchase, type Purchase } from './share';

export function purchaseOf(room: Room, terms: ProjectTerms | undefined): { purchase: Purchase; unseen: string[] } {
  const unseen: string[] = [];
  const members = room.participants.filter((one) => one.standing === 'member');
  const buyers = members.map(({ state, quantity }) => {
    if (!quantity) unseen.push(t('buying.unseen.quantity', { who: stateName(state) }));
    const text = !quantity ? '' : quantity.low === quantity.high ? String(quantity.low) : `${quantity.low}-${quantity.high}`;
    return { state, quantity: text };
  });
  if (!terms?.breaks.length) unseen.push(t('buying.unseen.prices'));
  if (typeof terms?.once !== 'number') unseen.push(t('buying.unseen.once'));
  if (terms?.coordination === undefined) unseen.push(t('buying.unseen.coordination'));
  const empty = newPurchase();
  const purchase: Purchase = {
    ...empty,
    buyers: buyers.length >= 2 ? buyers : [...buyers, ...empty.buyers].slice(0, 2),
    breaks: terms?.breaks.length ? terms.breaks.map(({ from, price }) => ({ from: String(from), price: String(price) })) : empty.breaks,
    isIncremental: terms?.isIncremental ?? false,
    once: typeof terms?.once === 'number' ? String(terms.once) : '0',
    coordination: terms?.coordination === undefined ? '0' : String(Number((terms.coordination * 100).toFixed(6))),
  };
  return { purchase, unseen };
}
