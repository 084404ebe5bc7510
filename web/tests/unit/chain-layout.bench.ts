/** `npx vitest bench`: what a network of 5,000 items takes until it can be drawn. */

import { bench, describe } from 'vitest';

import { colour } from '../../src/pages/chain/colouring';
import { box, layOut, layoutInput } from '../../src/pages/chain/layout';
import { readNetwork, threadOf } from '../../src/pages/chain/network';
import { SpatialIndex } from '../../src/pages/chain/spatial';
import { makeNetwork } from './made-network';

const seed = 20_261_125;

for (const items of [500, 1_500, 5_000]) {
  const answer = makeNetwork(items, seed);
  const network = readNetwork(answer);
  const input = layoutInput(network.items, network.needs);
  const layout = layOut(input);
  const index = new SpatialIndex(layout.x, layout.y, box.width, box.height);
  describe(`a network of ${items} items and ${network.needs.length} needs, seed ${seed}`, () => {
    bench('read', () => void readNetwork(answer));
    bench('lay out', () => void layOut(input));
    bench('index', () => void new SpatialIndex(layout.x, layout.y, box.width, box.height));
    bench('colour', () => void colour(network.items, 'state'));
    bench('follow a thread', () => void threadOf(network, items - 1));
    bench('find the box under a point', () => void index.at(layout.width / 2, layout.height / 2));
  });
}
