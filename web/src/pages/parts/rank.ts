// Which bottlenecks stop how many lines of a parts list. The bottlenecks are asked for every item of the map at once, so
// that no question to the server depends on the list; what stops what is looked up here.
import type { BottleneckRow } from '../../lib/analyses';
import type { Estimate } from '../../lib/api';
import type { SortedLine } from './sorted';

/** An item's own supply, and what it needs, as the answer `network` has it. */
export interface SupplyRow {
  item: string;
  name: string;
  known_share: number | null;
  inside_share: number | null;
  concentration: number | null;
  largest_state: string | null;
  largest_share: Estimate | null;
  origins: string[];
  confidence: string;
  sources: string[];
}

export interface NeedRow {
  item: string;
  input: string;
}

export interface Resting {
  item: string;
  lines: number;
  /** From the part's item down to what breaks, both with them. */
  way: string[];
}

export interface Break {
  row: BottleneckRow;
  rank: number;
  /** Lines that stop when it is short: those that are it, and those that need it further down. */
  lines: number;
  direct: number;
  through: number;
  resting: Resting[];
  /** Lines times the chance of a year. */
  expected: Estimate | null;
}

export interface PartRow {
  sorted: SortedLine;
  rank: number;
  supply: SupplyRow | undefined;
  /** What stops it most likely; undefined: nothing that is known. */
  worst: Break | undefined;
  /** How many bottlenecks stop it, and how many of them one state alone can cause. */
  breaks: number;
  byOne: number;
}

export interface Ranking {
  breaks: Break[];
  parts: PartRow[];
  /** Lines that no known bottleneck stops. */
  unstopped: number;
  /** Lines of whose item no supply is known. */
  withoutSupply: number;
}

const times = (chance: Estimate | null, lines: number): Estimate | null => chance && { low: chance.low * lines, likely: chance.likely * lines, high: chance.high * lines };
const chanceOf = (found: Break | undefined): number => found?.row.stop_probability?.likely ?? -1;

/** Who takes an item, by the item. */
export function usersOf(needs: readonly NeedRow[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const need of needs) {
    const list = users.get(need.input);
    if (list) list.push(need.item);
    else users.set(need.input, [need.item]);
  }
  return users;
}

/** For each item that stops with `broken`, the next one on the shortest way to it, over items that stop as well. */
function waysTo(broken: string, stops: ReadonlySet<string>, users: ReadonlyMap<string, string[]>): Map<string, string> {
  const next = new Map<string, string>();
  let front = [broken];
  while (front.length > 0) {
    const further: string[] = [];
    for (const item of front) {
      for (const user of users.get(item) ?? []) {
        if (user === broken || next.has(user) || !stops.has(user)) continue;
        next.set(user, item);
        further.push(user);
      }
    }
    front = further;
  }
  return next;
}

function wayFrom(item: string, broken: string, next: ReadonlyMap<string, string>): string[] {
  const way = [item];
  for (let at = item; at !== broken; ) {
    const step = next.get(at);
    if (step === undefined) return [item, broken]; // what lies between is not to be seen
    way.push((at = step));
  }
  return way;
}

interface Answers {
  bottlenecks: readonly BottleneckRow[];
  supplies: ReadonlyMap<string, SupplyRow>;
  users: ReadonlyMap<string, string[]>;
}

/** Cost: the lines once, and for each bottleneck the items that it stops. */
export function rankParts(matched: readonly SortedLine[], { bottlenecks, supplies, users }: Answers): Ranking {
  const linesOf = new Map<string, number>();
  for (const { match } of matched) linesOf.set(match.item, (linesOf.get(match.item) ?? 0) + 1);
  const breaks: Break[] = [];
  for (const row of bottlenecks) {
    const stopped = row.stops.filter((item) => linesOf.has(item));
    if (stopped.length === 0) continue;
    const next = waysTo(row.item, new Set(row.stops), users);
    const resting = stopped.map((item): Resting => ({ item, lines: linesOf.get(item)!, way: wayFrom(item, row.item, next) })).sort((a, b) => b.lines - a.lines || a.way.length - b.way.length);
    const lines = resting.reduce((sum, one) => sum + one.lines, 0);
    const direct = resting.find((one) => one.item === row.item)?.lines ?? 0;
    breaks.push({ row, rank: 0, lines, direct, through: lines - direct, resting, expected: times(row.stop_probability, lines) });
  }
  breaks.sort((a, b) => (b.expected?.likely ?? -1) - (a.expected?.likely ?? -1) || b.lines - a.lines || a.row.rank - b.row.rank);
  breaks.forEach((one, at) => (one.rank = at + 1));
  const ofItem = new Map<string, { worst: Break; breaks: number; byOne: number }>();
  for (const one of breaks) {
    const isOne = one.row.states_to_stop === 1 ? 1 : 0;
    for (const { item } of one.resting) {
      const before = ofItem.get(item);
      // Of two that are as likely, that which is nearer: the part itself before what it is made of.
      const isWorse = !before || chanceOf(one) > chanceOf(before.worst) || (chanceOf(one) === chanceOf(before.worst) && one.row.item === item);
      ofItem.set(item, { worst: isWorse ? one : before.worst, breaks: (before?.breaks ?? 0) + 1, byOne: (before?.byOne ?? 0) + isOne });
    }
  }
  const parts = matched.map((sorted): PartRow => {
    const of = ofItem.get(sorted.match.item);
    return { sorted, rank: 0, supply: supplies.get(sorted.match.item), worst: of?.worst, breaks: of?.breaks ?? 0, byOne: of?.byOne ?? 0 };
  });
  parts.sort((a, b) => chanceOf(b.worst) - chanceOf(a.worst) || b.byOne - a.byOne || b.breaks - a.breaks || a.sorted.line.at - b.sorted.line.at);
  parts.forEach((one, at) => (one.rank = at + 1));
  return { breaks, parts, unstopped: parts.filter((one) => !one.worst).length, withoutSupply: parts.filter((one) => (one.supply?.known_share ?? null) === null).length };
}
