// Why an offer may be what a need asks for, and what it lacks to qualify: one judgement for each thing that both speak
// of, as far as the reader sees both. It finds candidates and explains them; fit and quality are for people to judge.
import { propertyName } from '../../lib/record_words';
import { breaksOf, propertiesOf, propertyText, type FieldValue, type Property, type SeenRecord } from '../../lib/records';
import { begins, folded, textOf } from './search';

/** `other`: it differs, and only people can tell whether that matters. */
export type Verdict = 'yes' | 'no' | 'unknown' | 'other';

export interface Reason {
  /** With the verdict the message that says it: `fit.words.yes`. */
  about: 'item' | 'words' | 'code' | 'heading' | 'supply' | 'class' | 'figures' | 'standards' | 'time' | 'price';
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

/** The class of the NATO supply classification: its own field, or the beginning of the stock number. */
const supplyClassOf = (record: SeenRecord) => textOf(record.fields['fsc']) || textOf(record.fields['nsn']).slice(0, 4);

function codeReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const [classAsked, classOwn] = [supplyClassOf(need), supplyClassOf(offer)];
  const supply: Reason[] = classAsked && classOwn ? [{ about: 'supply', verdict: classAsked === classOwn ? 'yes' : 'no', code: classOwn, other: classAsked }] : [];
  return [...hsReasons(need, offer), ...supply];
}

function hsReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const [asked, own] = [textOf(need.fields['hs']), textOf(offer.fields['hs'])];
  if (!asked || !own) return [];
  const heading = own.slice(0, 4);
  if (asked === own) return [{ about: 'code', verdict: 'yes', code: own }];
  if (asked.startsWith(heading)) return [{ about: 'heading', verdict: 'yes', code: heading }];
  return [{ about: 'code', verdict: 'no', code: own, other: asked }];
}

const isShown = (property: Property) => property.disclosure === undefined && property.value !== undefined;
const said = (record: SeenRecord, key: string, property: Property) => `${propertyName(key, textOf(record.fields['class']))}: ${propertyText(property)}`;
/** As near as catalogues are written: 30.48 m is 30.5 m. */
const isNear = (a: number, b: number) => Math.abs(a - b) <= 0.01 * Math.max(Math.abs(a), Math.abs(b));

/** Figures in the words of a need, as in "patrol craft 28 m", against properties in the same unit. */
function figureReasons(need: SeenRecord, offer: SeenRecord): Reason[] {
  const text = [need.fields['item'], need.fields['variant']].map(textOf).join(' ');
  const asked = [...text.matchAll(/(?<![\p{L}\p{N}.])(\d+(?:\.\d+)?) ?([\p{L}/]+[23]?)(?![\p{L}\p{N}])/gu)].map(([, value, unit]) => ({ value: Number(value), unit: unit ?? '' }));
  const [same, other] = [[] as string[], [] as string[]];
  for (const one of asked) {
    const alike = propertiesOf(offer).filter(([, property]) => isShown(property) && property.unit === one.unit && typeof property.value === 'number');
    const met = alike.filter(([, property]) => isNear(Number(property.value), one.value));
    (met.length > 0 ? same : other).push(...(met.length > 0 ? met : alike).map(([key, property]) => said(offer, key, property)));
  }
  return figuresSaid(same, other);
}

const figuresSaid = (same: string[], other: string[]): Reason[] => [
  ...(same.length > 0 ? [{ about: 'figures', verdict: 'yes', words: same } as const] : []),
  ...(other.length > 0 ? [{ about: 'figures', verdict: 'other', words: other } as const] : []),
];

/** Of two products: whether they are of one class, and which of the properties that both show are the same. */
function classReasons(asked: SeenRecord, offer: SeenRecord): Reason[] {
  const [theirs, own] = [asked, offer].map((record) => textOf(record.fields['class']).split('/')[0] ?? '');
  if (!theirs || !own) return [];
  if (theirs !== own) return [{ about: 'class', verdict: 'no', code: own, other: theirs }];
  const properties = new Map(propertiesOf(asked).filter(([, property]) => isShown(property)));
  const [same, other] = [[] as string[], [] as string[]];
  for (const [key, property] of propertiesOf(offer)) {
    const beside = properties.get(key);
    if (!beside || !isShown(property)) continue;
    const areFigures = typeof property.value === 'number' && typeof beside.value === 'number' && property.unit === beside.unit;
    const isSame = areFigures ? isNear(property.value as number, beside.value as number) : propertyText(property) === propertyText(beside);
    (isSame ? same : other).push(said(offer, key, property));
  }
  return [{ about: 'class', verdict: 'yes', code: own }, ...figuresSaid(same, other)];
}

/** Why one product may stand for another. */
export function likenessOf(product: SeenRecord, other: SeenRecord): Reason[] {
  return [...wordReasons(tellingWords([product.fields['name']]), other), ...codeReasons(product, other), ...classReasons(product, other)];
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

/** Of a product that a state's need may be met by. `named` is the item of the catalogue that the need is for, if it names one. */
export function reasonsOf(need: SeenRecord, product: SeenRecord, today: string, named?: SeenRecord): Reason[] {
  const isIt = need.fields['item'] === product.id || (named !== undefined && product.fields['replaces'] === named.id);
  return [
    ...(isIt ? [{ about: 'item', verdict: 'yes' } as const] : []),
    ...wordReasons(tellingWords([named?.fields['name'] ?? (isIt ? undefined : need.fields['item']), need.fields['variant']]), product),
    ...codeReasons({ ...need, fields: { ...named?.fields, ...need.fields } }, product),
    ...(named ? classReasons(named, product) : figureReasons(need, product)),
    ...standardReasons(need, product),
    ...timeReasons(need, product, today),
    ...priceReasons(need, product),
  ];
}

/** More fits better; a word or a code that both have weighs as much as two that one lacks. */
export function fitOf(reasons: Reason[]): number {
  const weight = (reason: Reason) => (reason.about === 'item' ? 10 : (reason.words?.length ?? 1));
  return reasons.reduce((sum, reason) => sum + (reason.verdict === 'yes' ? 2 : reason.verdict === 'no' ? -1 : 0) * weight(reason), 0);
}

/** A need, or an offer, may be looked at at all: something of it is the same. */
export const isCandidate = (reasons: Reason[]) => reasons.some((reason) => reason.verdict === 'yes' && ['item', 'words', 'code', 'heading', 'supply', 'class'].includes(reason.about));
