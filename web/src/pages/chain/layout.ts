/**
 * A place for each item: tiers from left to right, those above the item asked about on its left. A
 * tier of many items takes several columns, so that the picture keeps the shape of a screen.
 *
 * Order within a tier: barycentres of neighbours, swept down and up (Sugiyama, Tagawa, Toda 1981,
 * "Methods for visual understanding of hierarchical system structures", IEEE Trans. SMC 11(2)).
 */

export interface LayoutInput {
  /** By item: its tier; negative above what is asked about. */
  tiers: Int32Array;
  /** By need: positions of the two items. */
  from: Uint32Array;
  to: Uint32Array;
}

export interface Tier {
  tier: number;
  left: number;
  right: number;
  items: number;
}

export interface Layout {
  /** Left upper corner of each item's box. */
  x: Float32Array;
  y: Float32Array;
  tiers: Tier[];
  width: number;
  height: number;
}

export const box = { width: 168, height: 40, rowGap: 8, columnGap: 16, tierGap: 72, top: 28 };

const sweeps = 4;

/** Mean position of the neighbours of each item of `tier`; those without keep their own. */
function barycentres(
  input: LayoutInput,
  place: Float64Array,
  tier: number,
  isDown: boolean,
): Float64Array {
  const sum = new Float64Array(place.length);
  const count = new Uint32Array(place.length);
  const add = (item: number, other: number): void => {
    sum[item]! += place[other]!;
    count[item]! += 1;
  };
  for (let n = 0; n < input.from.length; n += 1) {
    const from = input.from[n]!;
    const to = input.to[n]!;
    const a = input.tiers[from]!;
    const b = input.tiers[to]!;
    if (b === tier && (isDown ? a < b : a > b)) add(to, from);
    if (a === tier && (isDown ? b < a : b > a)) add(from, to);
  }
  for (let i = 0; i < sum.length; i += 1) sum[i] = count[i]! > 0 ? sum[i]! / count[i]! : place[i]!;
  return sum;
}

function membersByTier(tiers: Int32Array): { tier: number; members: number[] }[] {
  const byTier = new Map<number, number[]>();
  tiers.forEach((tier, item) => {
    const members = byTier.get(tier);
    if (members) members.push(item);
    else byTier.set(tier, [item]);
  });
  return [...byTier].map(([tier, members]) => ({ tier, members })).sort((a, b) => a.tier - b.tier);
}

function spread(members: number[], place: Float64Array): void {
  members.forEach((item, i) => {
    place[item] = (i + 0.5) / members.length;
  });
}

function order(input: LayoutInput): { tier: number; members: number[] }[] {
  const rows = membersByTier(input.tiers);
  const place = new Float64Array(input.tiers.length);
  for (const row of rows) spread(row.members, place);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : [...rows].reverse()) {
      const pull = barycentres(input, place, row.tier, isDown);
      row.members.sort((a, b) => pull[a]! - pull[b]! || a - b);
      spread(row.members, place);
    }
  }
  return rows;
}

/** Rows of a column, so that all columns together are about `aspect` as wide as high. */
function rowsOfColumn(sizes: number[], aspect: number): number {
  const stepX = box.width + box.columnGap;
  const stepY = box.height + box.rowGap;
  const most = Math.max(...sizes);
  for (let rows = Math.min(12, most); rows < most; rows = Math.ceil(rows * 1.15)) {
    const columns = sizes.reduce((sum, size) => sum + Math.ceil(size / rows), 0);
    const width = columns * stepX + sizes.length * box.tierGap;
    if (width <= aspect * rows * stepY) return rows;
  }
  return most;
}

/** Cost: O(tiers needs + items log items). The same for the same input. */
export function layOut(input: LayoutInput, aspect = 1.8): Layout {
  const count = input.tiers.length;
  const layout: Layout = {
    x: new Float32Array(count),
    y: new Float32Array(count),
    tiers: [],
    width: 0,
    height: 0,
  };
  if (count === 0) return layout;
  const rows = order(input);
  const perColumn = rowsOfColumn(
    rows.map((row) => row.members.length),
    aspect,
  );
  const stepX = box.width + box.columnGap;
  const stepY = box.height + box.rowGap;
  const full = perColumn * stepY - box.rowGap;
  let left = 0;
  for (const { tier, members } of rows) {
    const columns = Math.ceil(members.length / perColumn);
    const inColumn = Math.ceil(members.length / columns);
    const gap = (full - (inColumn * stepY - box.rowGap)) / 2;
    members.forEach((item, i) => {
      layout.x[item] = left + Math.floor(i / inColumn) * stepX;
      layout.y[item] = box.top + gap + (i % inColumn) * stepY;
    });
    const right = left + columns * stepX - box.columnGap;
    layout.tiers.push({ tier, left, right, items: members.length });
    left = right + box.tierGap;
  }
  layout.width = left - box.tierGap;
  layout.height = box.top + full;
  return layout;
}

/** As the layout takes it. */
export function layoutInput(
  items: { side: string; tier: number }[],
  needs: { from: number; to: number }[],
): LayoutInput {
  return {
    tiers: Int32Array.from(items, (item) => (item.side === 'above' ? -item.tier : item.tier)),
    from: Uint32Array.from(needs, (need) => need.from),
    to: Uint32Array.from(needs, (need) => need.to),
  };
}
