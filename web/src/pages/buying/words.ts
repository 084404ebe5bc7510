// Words of the server (stages, standings, answers, rules) in the reader's language; what has no word of ours is said as it came.
import type { Schemas } from '../../lib/api';
import { day, list, number } from '../../lib/format';
import { has, t } from '../../lib/i18n.svelte';
import { slug } from '../../lib/record_words';
import { stateName } from '../../lib/states';

/** `kind` is the list that the word is of: stage, standing, paper, paperState, answer, gap, rule. */
export function word(kind: string, said: string): string {
  const key = `buying.${kind}.${slug(said)}`;
  return has(key) ? t(key) : said;
}

/** "MYS+PHL" as names. */
export function coalitionName(coalition: string): string {
  return list(coalition.split('+').map(stateName));
}

/** Codes of states within a sentence of the server, as names. */
export function withNames(sentence: string): string {
  return sentence.replace(/\b[A-Z]{3}\b/g, stateName);
}

export type Sentence = Schemas['Sentence'];

/** How a value of a sentence is written, by its name; names that are not here are words of a record. */
const written: Record<string, (text: string) => string> = {
  state: stateName,
  states: stateName,
  kind: (text) => word('paper', text),
  begins: day,
  last: day,
  ends: day,
  first: day,
};

/** What the server says of a case, by its code; in English where the code is none that is worded. */
export function sentenceText({ code, text, values }: Sentence): string {
  const key = `buying.said.${code}`;
  if (!has(key)) return withNames(text);
  const named = Object.entries(values).map(([name, texts]) => [name, list(texts.map(written[name] ?? ((one) => one)))]);
  return t(key, Object.fromEntries(named) as Record<string, string>);
}

export const sentencesText = (sentences: Sentence[] = []): string => sentences.map(sentenceText).join('; ');

export interface Range {
  low: number;
  high: number;
}

export function rangeText(range: Range | undefined): string {
  if (!range) return t('shell.unknown');
  return range.low === range.high ? number(range.low) : t('buying.range', { low: number(range.low), high: number(range.high) });
}
