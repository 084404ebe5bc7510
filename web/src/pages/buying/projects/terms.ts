// The terms of a project, from its record as the reader sees it: what is not shown is not there, and is not guessed.
import { isGeneralised, type SeenRecord } from '../../../lib/records';

export interface PriceBreak {
  from: number;
  price: number;
}

export interface ProjectTerms {
  breaks: PriceBreak[];
  isIncremental: boolean;
  /** In USD, or the band that is shown in its place. */
  once: number | string | undefined;
  coordination: number | undefined;
  rule: string;
  first: string;
  last: string;
  source: string;
  confidence: string;
}

/** "8: 1950000"; undefined: it is no break. */
export function breakOf(text: string): PriceBreak | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*:\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  return match ? { from: Number(match[1]), price: Number(match[2]) } : undefined;
}

export function termsOf(record: SeenRecord): ProjectTerms {
  const { fields } = record;
  const text = (key: string) => (typeof fields[key] === 'string' ? (fields[key] as string) : '');
  const figure = (key: string) => (typeof fields[key] === 'number' ? (fields[key] as number) : undefined);
  const breaks = Array.isArray(fields['price_breaks']) ? fields['price_breaks'] : [];
  const once = fields['non_recurring'];
  return {
    breaks: breaks.map(breakOf).filter((one): one is PriceBreak => one !== undefined),
    isIncremental: text('break_rule') === 'incremental',
    once: isGeneralised(once) ? String(once.value) : figure('non_recurring'),
    coordination: figure('coordination'),
    rule: text('sharing_rule'),
    first: text('first'),
    last: text('last'),
    source: text('source'),
    confidence: text('confidence'),
  };
}
