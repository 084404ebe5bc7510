/** The network of an item, as `GET /api/v1/analyses/network` answers it, ready to be walked. */

export interface Range {
  low: number;
  likely: number;
  high: number;
}

export type Side = 'asked' | 'below' | 'above';

export interface NetworkItem {
  id: string;
  name: string;
  kind: string;
  side: Side;
  tier: number;
  /** Share of its supply whose origin is known; null: no share is. */
  known: number | null;
  inside: number | null;
  concentration: number | null;
  largestState: string | null;
  largestShare: Range | null;
  origins: string[];
  enough: number | null;
  confidence: string;
  sources: string[];
}

export interface NetworkNeed {
  /** Positions in `items`. */
  from: number;
  to: number;
  group: string;
  take: number;
  of: number;
  role: string;
  isEssential: boolean;
  value: Range | null;
  confidence: string;
  source: string;
}

/** Positions of needs by the item they start from: `rows[start[i]..start[i + 1])`. */
export interface Adjacency {
  start: Uint32Array;
  rows: Uint32Array;
}

export interface Network {
  items: NetworkItem[];
  needs: NetworkNeed[];
  position: Map<string, number>;
  inputs: Adjacency;
  users: Adjacency;
}

export interface NetworkAnswer {
  items: {
    item: string;
    name: string;
    kind: string;
    side: string;
    tier: number;
    known_share: number | null;
    inside_share: number | null;
    concentration: number | null;
    largest_state: string | null;
    largest_share: Range | null;
    origins: string[];
    enough: number | null;
    confidence: string;
    sources: string[];
  }[];
  needs: {
    item: string;
    group: string;
    take: number;
    of: number;
    input: string;
    role: string;
    essential: string;
    value_share: Range | null;
    confidence: string;
    source: string;
  }[];
}

function adjacency(count: number, needs: NetworkNeed[], end: 'from' | 'to'): Adjacency {
  const start = new Uint32Array(count + 1);
  for (const need of needs) start[need[end] + 1]! += 1;
  for (let i = 0; i < count; i += 1) start[i + 1]! += start[i]!;
  const next = start.slice();
  const rows = new Uint32Array(needs.length);
  needs.forEach((need, n) => {
    const at = next[need[end]]!;
    rows[at] = n;
    next[need[end]] = at + 1;
  });
  return { start, rows };
}

export function rowsOf(table: Adjacency, item: number): Uint32Array {
  return table.rows.subarray(table.start[item]!, table.start[item + 1]!);
}

const sides: readonly string[] = ['asked', 'below', 'above'];

export function readNetwork(answer: NetworkAnswer): Network {
  const items: NetworkItem[] = answer.items.map((row) => ({
    id: row.item,
    name: row.name,
    kind: row.kind,
    side: (sides.includes(row.side) ? row.side : 'below') as Side,
    tier: row.tier,
    known: row.known_share,
    inside: row.inside_share,
    concentration: row.concentration,
    largestState: row.largest_state,
    largestShare: row.largest_share,
    origins: row.origins,
    enough: row.enough,
    confidence: row.confidence,
    sources: row.sources,
  }));
  const position = new Map(items.map((item, i) => [item.id, i]));
  const needs: NetworkNeed[] = [];
  for (const row of answer.needs) {
    const from = position.get(row.item);
    const to = position.get(row.input);
    if (from === undefined || to === undefined) continue;
    needs.push({
      from,
      to,
      group: row.group,
      take: row.take,
      of: row.of,
      role: row.role,
      isEssential: row.essential === 'yes',
      value: row.value_share,
      confidence: row.confidence,
      source: row.source,
    });
  }
  return {
    items,
    needs,
    position,
    inputs: adjacency(items.length, needs, 'from'),
    users: adjacency(items.length, needs, 'to'),
  };
}

export interface Thread {
  items: Set<number>;
  needs: Set<number>;
}

function walk(network: Network, from: number, way: 'inputs' | 'users', into: Thread): void {
  const next = way === 'inputs' ? 'to' : 'from';
  const seen = new Set([from]);
  const open = [from];
  while (open.length > 0) {
    const item = open.pop()!;
    into.items.add(item);
    for (const n of rowsOf(network[way], item)) {
      into.needs.add(n);
      const other = network.needs[n]![next];
      if (!seen.has(other)) {
        seen.add(other);
        open.push(other);
      }
    }
  }
}

/** What goes into the item and what it goes into, over all tiers, with the needs between. */
export function threadOf(network: Network, item: number): Thread {
  const thread: Thread = { items: new Set(), needs: new Set() };
  walk(network, item, 'inputs', thread);
  walk(network, item, 'users', thread);
  return thread;
}

/** The thread of the items named, and the needs between two of them: a minimal cut, lit up. */
export function needsBetween(network: Network, ids: Iterable<string>): Thread {
  const thread: Thread = { items: new Set(), needs: new Set() };
  for (const id of ids) {
    const at = network.position.get(id);
    if (at !== undefined) thread.items.add(at);
  }
  network.needs.forEach((need, n) => {
    if (thread.items.has(need.from) && thread.items.has(need.to)) thread.needs.add(n);
  });
  return thread;
}

export interface Coverage {
  items: number;
  /** Of which no supplier's share is known. */
  without: number;
  /** Mean over the items of the share of the supply whose origin nobody recorded, in [0, 1]. */
  unknown: number;
}

export function coverageOf(network: Network): Coverage {
  let without = 0;
  let unknown = 0;
  for (const item of network.items) {
    without += item.known === null ? 1 : 0;
    unknown += 1 - (item.known ?? 0);
  }
  const items = network.items.length;
  return { items, without, unknown: items > 0 ? unknown / items : 0 };
}
