/** What a box is filled with: by the state that supplies most, by concentration, by confidence. */

import type { NetworkItem } from './network';

export const modes = ['state', 'concentration', 'confidence'] as const;
export type Mode = (typeof modes)[number];

/** A class of items that share a fill; `unknown` is hatched in every mode. */
export interface Fill {
  key: string;
  /** Number of a colour of the palette; -1 and -3: neutral; -2: not known. */
  colour: number;
  count: number;
}

export const unknown = 'unknown';
export const others = 'others';
export const inside = 'inside';

/** Levels: US Merger Guidelines 2023 (0.18) and criterion 1 of SWD(2021) 352 (0.40). */
export const concentrationLevels = [0.18, 0.4] as const;

const statesWithColour = 6;

function concentrationKey(value: number | null): string {
  if (value === null) return unknown;
  if (value > concentrationLevels[1]) return 'high';
  return value > concentrationLevels[0] ? 'moderate' : 'low';
}

/** States by how many items they supply most of, those with colours of their own. */
function leadingStates(items: NetworkItem[]): string[] {
  const counts = new Map<string, number>();
  for (const { largestState } of items) {
    if (largestState) counts.set(largestState, (counts.get(largestState) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, statesWithColour)
    .map(([state]) => state);
}

function stateKey(item: NetworkItem, leading: string[]): string {
  if (item.known === null) return unknown;
  if (item.largestState === null) return inside;
  const isInside = (item.inside ?? 0) > (item.largestShare?.likely ?? 0);
  if (isInside) return inside;
  return leading.includes(item.largestState) ? item.largestState : others;
}

const confidenceKeys = ['A', 'B', 'C', 'D', 'E'];

/** States are kinds, and have colours; more of a quantity, and more certainty, is darker. */
const shades: Record<Mode, number[]> = {
  state: [0, 1, 2, 3, 4, 5],
  concentration: [6, 8, 10],
  confidence: [10, 9, 8, 7, 6],
};

export interface Colouring {
  /** By item: position in `fills`. */
  fillOf: Uint8Array;
  fills: Fill[];
}

/** Fills in the order of a legend; those that no item has are left out, except what is unknown. */
export function colour(items: NetworkItem[], mode: Mode): Colouring {
  const leading = mode === 'state' ? leadingStates(items) : [];
  const keys: Record<Mode, string[]> = {
    state: [...leading, others, inside],
    concentration: ['low', 'moderate', 'high'],
    confidence: confidenceKeys,
  };
  const neutral = [others, inside];
  const fills: Fill[] = keys[mode].map((key, i) => ({
    key,
    colour: neutral.includes(key) ? -1 - neutral.indexOf(key) * 2 : shades[mode][i]!,
    count: 0,
  }));
  fills.push({ key: unknown, colour: -2, count: 0 });
  const keyOf = (item: NetworkItem): string => {
    if (mode === 'state') return stateKey(item, leading);
    if (mode === 'concentration') return concentrationKey(item.concentration);
    return confidenceKeys.includes(item.confidence) ? item.confidence : unknown;
  };
  const position = new Map(fills.map((fill, i) => [fill.key, i]));
  const fillOf = Uint8Array.from(items, (item) => {
    const at = position.get(keyOf(item)) ?? fills.length - 1;
    fills[at]!.count += 1;
    return at;
  });
  return { fillOf, fills };
}
