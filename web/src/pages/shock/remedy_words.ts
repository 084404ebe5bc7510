/** What an answer about remedies says, with the names of items and of remedies instead of their keys in the tables. */

import { decimal } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import { sentenceText, type Sentence } from '../../lib/said';
import type { RemediesAnswer } from './results';
import type { Bounds } from './scenario';

export type Names = ReadonlyMap<string, string>;

/** Values of a sentence that are keys. */
const keyed = ['item', 'other', 'remedy', 'first', 'second'];

/** The sentence about things by their names; in English, too, where no message words it. */
export function named(sentence: Sentence, names: Names): Sentence {
  const { values, parts } = sentence;
  const keys = keyed.flatMap((name) => values?.[name] ?? []).filter((key) => names.has(key));
  const called = (key: string): string => names.get(key) ?? key;
  const changed: Sentence = { ...sentence, text: sentence.text.replace(/[\w-]+/g, (word) => (keys.includes(word) ? called(word) : word)) };
  if (values) changed.values = Object.fromEntries(Object.entries(values).map(([name, texts]) => [name, keyed.includes(name) ? texts.map(called) : texts]));
  if (parts) changed.parts = parts.map((part) => named(part, names));
  return changed;
}

/** Remedies by what they do: "6 weeks of Yttrium oxide in store". */
export function remedyNames(answers: RemediesAnswer[], items: Names): Names {
  return new Map(answers.flatMap((answer) => answer.remedies.map((row) => [row.remedy, sentenceText(named(row.what, items))] as const)));
}

/** What is bought: "gallium-store x4". */
export function boughtText(said: string, remedies: Names): string {
  if (said === 'nothing') return t('shock.remedies.nothing');
  return said.replace(/([\w-]+)( x(\d+))?/g, (all, key: string, _times, count?: string) => {
    const name = remedies.get(key);
    return name ? `${name}${count ? ` × ${count}` : ''}` : all;
  });
}

/** The bounds of a figure, as they are shown; empty: they are the figure itself. */
export function spreadText({ low, likely, high }: Bounds, digits = 1): string {
  const [from, at, to] = [low, likely, high].map((value) => decimal(value, digits));
  return from === at && to === at ? '' : `${from}–${to}`;
}
