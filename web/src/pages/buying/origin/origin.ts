// Products against rules of origin, as `adic origin` answers: each product with its rules, what is missing and what it would take.
import example from '../../../../../data/procure/origin/sample.csv?raw';
import type { Parameters } from '../../../lib/running.svelte';
import type { Sentence } from '../../../lib/said';

export const exampleLines = example;

export interface Verdict {
  product: string;
  rule: string;
  method: string;
  inside: number;
  base: number;
  share: number | null;
  threshold: number;
  kept: string;
  missing: number | null;
}

export interface Remedy {
  product: string;
  rule: string;
  remedy: string;
  lines: string[];
  extra: number | null;
  share: number | null;
}

export interface Rule {
  rule: string;
  name: string;
  group: string;
  title: string;
  article: string | null;
  publisher: string;
  confidence: string;
  note: string | null;
}

export interface OriginAnswer {
  verdicts?: Verdict[];
  remedies?: Remedy[];
  rules?: Rule[];
  problems?: { row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export interface Judged extends Verdict {
  remedy: Remedy | undefined;
}

export interface Product {
  product: string;
  judged: Judged[];
  kept: number;
}

/** In the order of the answer. */
export function productsOf(answer: OriginAnswer): Product[] {
  const products = new Map<string, Judged[]>();
  for (const one of answer.verdicts ?? []) {
    const remedy = answer.remedies?.find((other) => other.product === one.product && other.rule === one.rule);
    products.set(one.product, [...(products.get(one.product) ?? []), { ...one, remedy }]);
  }
  return [...products].map(([product, judged]) => ({ product, judged, kept: judged.filter((one) => one.kept === 'yes').length }));
}

/** `on`: a day, or empty for the thresholds at the start. */
export function parametersOf(table: string, on: string): Parameters {
  return { file: { content: table }, ...(on ? { on } : {}) };
}
