/** Where an arrow key leads: along a need to the side, to the next box of the tier up and down. */

import type { Layout } from './layout';
import { rowsOf, type Network } from './network';

export type Way = 'left' | 'right' | 'up' | 'down';

function nearest(layout: Layout, from: number, candidates: Iterable<number>): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const one of candidates) {
    const dx = layout.x[one]! - layout.x[from]!;
    const dy = layout.y[one]! - layout.y[from]!;
    const distance = dx * dx + dy * dy;
    if (one !== from && distance < least) {
      least = distance;
      best = one;
    }
  }
  return best;
}

export function neighbourOf(
  network: Network,
  layout: Layout,
  from: number,
  way: Way,
): number | null {
  if (way === 'left' || way === 'right') {
    const table = way === 'right' ? network.inputs : network.users;
    const end = way === 'right' ? 'to' : 'from';
    const others = Array.from(rowsOf(table, from), (n) => network.needs[n]![end]);
    const isThere = (one: number): boolean =>
      way === 'right' ? layout.x[one]! > layout.x[from]! : layout.x[one]! < layout.x[from]!;
    return nearest(layout, from, others.filter(isThere));
  }
  const column: number[] = [];
  for (let i = 0; i < network.items.length; i += 1) {
    const isThere = way === 'down' ? layout.y[i]! > layout.y[from]! : layout.y[i]! < layout.y[from]!;
    if (layout.x[i] === layout.x[from] && isThere) column.push(i);
  }
  return nearest(layout, from, column);
}
