/** The other answers that the page asks for, as docs/reference/api.md has them. */

import type { SourceRow } from '../../lib/brief.svelte';
import type { Range } from './network';
import type { Sentence } from '../../lib/said';

export interface ListedItem {
  item: string;
  name: string;
  kind: string;
  tier: number | null;
  inputs: number;
  users: number;
  known_share: number | null;
}

export interface ItemsAnswer {
  items: ListedItem[];
  notes: Sentence[];
}

interface Fact {
  source: string;
  period: string;
  confidence: string;
  note: string;
}

export interface FactsAnswer {
  item: (Fact & {
    item: string;
    name: string;
    kind: string;
    unit: string;
    enough: number | null;
    codes: string[];
    description: string;
  })[];
  supplies: (Fact & {
    origin: string | null;
    organisation: string | null;
    market: string | null;
    share: Range | null;
    trade_restriction: number | null;
  })[];
  needs: (Fact & {
    group: string;
    take: number;
    input: string;
    role: string;
    essential: string;
    quantity: Range | null;
    value_share: Range | null;
  })[];
  figures: (Fact & { measure: string; of: string | null; value: Range; unit: string })[];
  sources: {
    source: string;
    title: string;
    publisher: string;
    year: string;
    licence: string;
    url: string;
    note: string;
  }[];
}

export interface CutsAnswer {
  cuts: { order: number; cut: string; names: string; probability: number | null }[];
  counts: { order: number | null; cuts: number }[];
  probability: { item: string; stop_probability: Range | null; method: string }[];
  /** On what the chances rest; none: none is recorded. */
  sources?: SourceRow[];
  notes: Sentence[];
}

export interface WhyAnswer {
  links: {
    depth: number;
    item: string;
    because: 'needs' | 'suppliers' | 'assumed' | 'above';
    group: string | null;
    of: string;
    lost: number | null;
    enough: number | null;
    sources: string[];
    confidence: string;
  }[];
  notes: Sentence[];
}

export interface BottlenecksAnswer {
  bottlenecks: {
    viewpoint: string;
    rank: number;
    rank_from: number;
    rank_to: number;
    item: string;
    name: string;
    largest_state: string | null;
    largest_share: Range | null;
    states_to_stop: number | null;
    inside_share: number;
    known_share: number;
    stop_probability: Range | null;
    confidence: string;
  }[];
  blind_spots: { item: string; name: string; known_share: number }[];
}
