// Words of the server (stages, standings, answers, rules) in the reader's language; what has no word of ours is said as it came.
import { list, number } from '../../lib/format';
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

export interface Range {
  low: number;
  high: number;
}

export function rangeText(range: Range | undefined): string {
  if (!range) return t('shell.unknown');
  return range.low === range.high ? number(range.low) : t('buying.range', { low: number(range.low), high: number(range.high) });
}
