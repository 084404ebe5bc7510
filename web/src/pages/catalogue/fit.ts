// Why an offer may be what a need asks for, and what it lacks to qualify: one judgement for each thing that both speak
// of, as far as the reader sees both. It finds candidates and explains them; fit and quality are for people to judge.
import { breaksOf, propertiesOf, propertyText, type FieldValue, type SeenRecord } from '../../lib/records';
import { begins, folded, textOf } from './search';

export type Verdict = 'yes' | 'no' | 'unknown';

export interface Reason {
  /** With the verdict the message that says it: `fit.words.yes`. */
  about: 'words' | 'code' | 'heading' | 'standards' | 'time' | 'price';
  verdict: Verdict;
  words?: string[];
  code?: string;
  other?: string;
  /** Days as YYYY-MM-DD. */
  ready?: string;
  until?: string;
  price?: number;
  most?: number;
}

/** Words of more than three letters, each once: what tells one thing from another. */
export function tellingWords(texts: FieldValue[]): string[] {
  const first = new Map<string, string>();
  for (const word of texts.flatMap((text) => textOf(text).split(/[^\p{L}\p{N}]+/u))) {
    if ([...word].length > 3 && !first.has(folded(word))) first.set(folded(word), word);
  }
  return [...first.values()];
}

/** All that is shown of what a record is. */
function sayings(record: SeenRecord): string {
  const texts = ['name', 'item', 'variant', 'class', 'supplies', 'capabilities', 'makes'].map((key) => textOf(record.fields[key]));
  return [...texts, ...propertiesOf(record).map(([, property]) => propertyText(property))].join('\n');
}

/** Of the words that are asked for, those that the offer has and those that it lacks. */
export function wordReasons(asked: string[], offer: SeenRecord): Reason[] {
  const said = sayings(offer);
  const has = asked.filter((word) => begins(said, word));
  const lacks = asked.filter((word) => !has.includes(word));
  return [
    ...(has.length > 0 ? [{ about: 'words', verdict: 'yes', words: has } as const] : []),
    ...(lacks.length > 0 ? [{ about: 'words', verdict: 'no', words: lacks } as const] : []),
  ];
}

function codeReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const [asked, own] = [textOf(need.fields['hs']), textOf(offer.fields['hs'])];
  if (!asked || !own) return [];
  const heading = own.slice(0, 4);
  if (asked === own) return [{ about: 'code', verdict: 'yes', code: own }];
  if (asked.startsWith(heading)) return [{ about: 'heading', verdict: 'yes', code: heading }];
  return [{ about: 'code', verdict: 'no', code: own, other: asked }];
}

function standardReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const asked = textOf(need.fields['standards']).split('\n').filter(Boolean);
  if (asked.length === 0) return [];
  const certificates = offer.fields['certificates'];
  if (certificates !== undefined && certificates !== null && !textOf(certificates)) return [{ about: 'standards', verdict: 'unknown', words: asked }];
  const held = textOf(certificates).split('\n').map(folded);
  const meets = asked.filter((standard) => held.some((one) => one.includes(folded(standard))));
  const lacks = asked.filter((standard) => !meets.includes(standard));
  return [
    ...(meets.length > 0 ? [{ about: 'standards', verdict: 'yes', words: meets } as const] : []),
    ...(lacks.length > 0 ? [{ about: 'standards', verdict: 'no', words: lacks } as const] : []),
  ];
}

/** Whether what is ordered on the day comes before the last one on which it is wanted. */
function timeReasons(need: SeenRecord, offer: SeenRecord, today: string): Reason[] {
  const [until, lead] = [need.fields['last'], offer.fields['lead_time']];
  if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until) || typeof lead !== 'number') return [];
  const ready = new Date(Date.parse(today) + lead * 86_400_000).toISOString().slice(0, 10);
  return [{ about: 'time', verdict: ready <= until ? 'yes' : 'no', ready, until }];
}

/** What one costs if so many are bought, as far as it is shown. */
function priceAt(offer: SeenRecord, quantity: FieldValue): number | undefined {
  const price = offer.fields['price'];
  const reached = breaksOf(offer.fields['price_breaks']).filter((one) => typeof quantity === 'number' && one.from <= quantity);
  return reached.at(-1)?.price ?? (typeof price === 'number' ? price : undefined);
}

/** The most that one may cost: the highest price for which a quantity is wanted. */
function priceReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const price = priceAt(offer, need.fields['quantity']);
  const prices = textOf(need.fields['tiers']).split('\n').map((tier) => Number(tier.split(':')[0]));
  const most = Math.max(...prices);
  if (price === undefined || !(most > 0)) return [];
  return [{ about: 'price', verdict: price <= most ? 'yes' : 'no', price, most }];
}

/** Of a product that a state's need may be met by. */
export function reasonsOf(need: SeenRecord, product: SeenRecord, today: string): Reason[] {
  return [
    ...wordReasons(tellingWords([need.fields['item'], need.fields['variant']]), product),
    ...codeReasons(need, product),
    ...standardReasons(need, product),
    ...timeReasons(need, product, today),
    ...priceReasons(need, product),
  ];
}

/** More fits better; a word or a code that both have weighs as much as two that one lacks. */
export function fitOf(reasons: Reason[]): number {
  const weight = (reason: Reason) => (reason.about === 'words' || reason.about === 'standards' ? (reason.words?.length ?? 1) : 1);
  return reasons.reduce((sum, reason) => sum + (reason.verdict === 'yes' ? 2 : reason.verdict === 'no' ? -1 : 0) * weight(reason), 0);
}

/** A need, or an offer, may be looked at at all: something of it is the same. */
export const isCandidate = (reasons: Reason[]) => reasons.some((reason) => reason.verdict === 'yes' && ['words', 'code', 'heading'].includes(reason.about));
