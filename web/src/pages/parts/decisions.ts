// What a reader said a part is: kept in this browser, on a shelf for each account, and where there are none for each reader, so
// that the same part number is known the next time. Nothing of it goes to the server.
import type { Line } from './lines';

/** What of `localStorage` is used: tests bring their own. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** An item of the map for a key; empty: none of the map. The last said stands last. */
export type Decisions = ReadonlyMap<string, string>;

/** More are not kept; the oldest go first. */
export const mostKept = 20_000;

const keyOf = (owner: string) => `adic.parts.${owner}`;
const bare = (text: string) => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Under what a line is remembered: its part number, or else its stock number; and what it asks. */
export function keysOf(line: Pick<Line, 'partNumber' | 'nsn'>, question: string): string[] {
  const own = bare(line.partNumber) ? `p:${bare(line.partNumber)}` : line.nsn ? `n:${line.nsn}` : '';
  return own ? [own, `q:${question}`] : [`q:${question}`];
}

export function readDecisions(shelf: Shelf, owner: string): Decisions {
  let kept: unknown;
  try {
    kept = JSON.parse(shelf.getItem(keyOf(owner)) ?? '[]');
  } catch {
    return new Map();
  }
  if (!Array.isArray(kept)) return new Map();
  return new Map(kept.filter((one): one is [string, string] => Array.isArray(one) && one.length === 2 && one.every((text) => typeof text === 'string')));
}

/** Whether they could be kept: a browser may keep nothing, or have no room. */
export function keepDecisions(shelf: Shelf, owner: string, decisions: Decisions): boolean {
  try {
    if (decisions.size === 0) shelf.removeItem(keyOf(owner));
    else shelf.setItem(keyOf(owner), JSON.stringify([...decisions].slice(-mostKept)));
    return true;
  } catch {
    return false;
  }
}

/** With an item for all these keys, or without them where `item` is undefined. */
export function decided(decisions: Decisions, keys: Iterable<string>, item: string | undefined): Decisions {
  const next = new Map(decisions);
  for (const key of keys) {
    next.delete(key);
    if (item !== undefined) next.set(key, item);
  }
  return next;
}
