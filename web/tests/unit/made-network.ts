/** A network made from a seed: tiers of items that need items of the next tiers, and a few circles. */

import type { NetworkAnswer } from '../../src/pages/chain/network';

/** mulberry32: 32 bits of state, enough to make the same network everywhere. */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function makeNetwork(items: number, seed: number, tiers = 9): NetworkAnswer {
  const random = randomStream(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const states = ['CHN', 'USA', 'JPN', 'DEU', 'COD', 'IDN', 'AUS', 'CHL', 'KOR'];
  const tierOf = (i: number): number =>
    i === 0 ? 0 : 1 + Math.floor(((tiers - 1) * Math.sqrt(i)) / Math.sqrt(items));
  const answer: NetworkAnswer = { items: [], needs: [] };
  const firstOf: number[] = [];
  for (let i = 0; i < items; i += 1) {
    const tier = tierOf(i);
    firstOf[tier] ??= i;
    const share = random() < 0.3 ? null : 0.2 + 0.8 * random();
    const likely = (share ?? 0) * 0.8;
    answer.items.push({
      item: `item-${i}`,
      name: `Item ${i}`,
      kind: 'component',
      side: i === 0 ? 'asked' : 'below',
      tier,
      known_share: share,
      inside_share: share === null ? null : share * 0.1,
      concentration: share === null ? null : share * share,
      largest_state: share === null ? null : states[below(states.length)]!,
      largest_share: share === null ? null : { low: likely * 0.9, likely, high: likely * 1.1 },
      origins: [],
      enough: null,
      confidence: share === null ? '' : 'ABCDE'[below(5)]!,
      sources: [],
    });
  }
  const need = (from: number, to: number): void => {
    answer.needs.push({
      item: `item-${from}`,
      group: `item-${to}`,
      take: 1,
      of: 1,
      input: `item-${to}`,
      role: 'consumed',
      essential: 'yes',
      value_share: null,
      confidence: 'D',
      source: 'judgement',
    });
  };
  for (let i = 1; i < items; i += 1) {
    const tier = answer.items[i]!.tier;
    const first = firstOf[tier - 1] ?? 0;
    const end = firstOf[tier] ?? 1;
    const wanted = 1 + below(4);
    for (let n = 0; n < wanted; n += 1) need(first + below(Math.max(1, end - first)), i);
    if (random() < 0.02) need(i, below(i));
  }
  return answer;
}
