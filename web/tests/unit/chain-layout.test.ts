import { describe, expect, it } from 'vitest';

import { bringIntoView, fit, fitAround, toWorld, zoomAt } from '../../src/pages/chain/camera';
import { box, layOut, layoutInput } from '../../src/pages/chain/layout';
import { neighbourOf } from '../../src/pages/chain/neighbour';
import { readNetwork } from '../../src/pages/chain/network';
import { SpatialIndex } from '../../src/pages/chain/spatial';
import { makeNetwork, randomStream } from './made-network';

function laidOut(items: number, seed: number) {
  const network = readNetwork(makeNetwork(items, seed));
  const input = layoutInput(network.items, network.needs);
  return { network, input, layout: layOut(input) };
}

describe('the layout of a network', () => {
  it('puts no box on another', () => {
    for (const [items, seed] of [
      [40, 1],
      [400, 2],
      [1_200, 3],
    ] as const) {
      const { layout } = laidOut(items, seed);
      const index = new SpatialIndex(layout.x, layout.y, box.width, box.height);
      for (let i = 0; i < items; i += 1) {
        expect(index.within(index.rectangleOf(i))).toEqual([i]);
      }
    }
  });

  it('keeps tiers apart, from left to right', () => {
    const { network, layout } = laidOut(600, 4);
    const order = layout.tiers.map((tier) => tier.tier);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    layout.tiers.slice(1).forEach((tier, i) => {
      expect(tier.left).toBeGreaterThan(layout.tiers[i]!.right);
    });
    network.items.forEach((item, i) => {
      const tier = layout.tiers.find((one) => one.tier === item.tier)!;
      expect(layout.x[i]!).toBeGreaterThanOrEqual(tier.left);
      expect(layout.x[i]! + box.width).toBeLessThanOrEqual(tier.right + 0.01);
    });
  });

  it('is the same each time, and has a place for everything within its size', () => {
    const a = laidOut(5_000, 20_261_125).layout;
    const b = laidOut(5_000, 20_261_125).layout;
    expect(Array.from(a.x)).toEqual(Array.from(b.x));
    expect(Array.from(a.y)).toEqual(Array.from(b.y));
    expect(Math.max(...a.x) + box.width).toBeLessThanOrEqual(a.width + 0.01);
    expect(Math.max(...a.y) + box.height).toBeLessThanOrEqual(a.height + 0.01);
  });

  it('crosses fewer needs than the order of the map does', () => {
    const items = 120;
    const { network, layout } = laidOut(items, 5);
    const crossings = (y: (i: number) => number): number => {
      let count = 0;
      const needs = network.needs.filter(
        (need) => network.items[need.to]!.tier === network.items[need.from]!.tier + 1,
      );
      for (const a of needs) {
        for (const b of needs) {
          if (network.items[a.from]!.tier !== network.items[b.from]!.tier) continue;
          if (y(a.from) < y(b.from) && y(a.to) > y(b.to)) count += 1;
        }
      }
      return count;
    };
    const column = (i: number): number => layout.x[i]! * 10_000 + layout.y[i]!;
    expect(crossings(column)).toBeLessThan(crossings((i) => i));
  });

  it('puts what is above the item asked about on its left', () => {
    const input = layoutInput(
      [
        { side: 'asked', tier: 0 },
        { side: 'below', tier: 1 },
        { side: 'above', tier: 1 },
      ],
      [
        { from: 0, to: 1 },
        { from: 2, to: 0 },
      ],
    );
    const { x, tiers } = layOut(input);
    expect(x[2]!).toBeLessThan(x[0]!);
    expect(x[0]!).toBeLessThan(x[1]!);
    expect(tiers.map((tier) => tier.tier)).toEqual([-1, 0, 1]);
  });

  it('of nothing is empty', () => {
    expect(layOut(layoutInput([], []))).toMatchObject({ tiers: [], width: 0, height: 0 });
  });
});

describe('the spatial index', () => {
  it('finds what looking at every box finds', () => {
    const random = randomStream(7);
    const x = Float32Array.from({ length: 500 }, () => random() * 4_000 - 1_000);
    const y = Float32Array.from({ length: 500 }, () => random() * 3_000 - 500);
    const index = new SpatialIndex(x, y, 60, 20);
    for (let question = 0; question < 300; question += 1) {
      const left = random() * 5_000 - 1_500;
      const top = random() * 4_000 - 1_000;
      const asked = { left, top, right: left + random() * 900, bottom: top + random() * 900 };
      const slow = [...x.keys()].filter(
        (i) =>
          x[i]! <= asked.right &&
          x[i]! + 60 >= asked.left &&
          y[i]! <= asked.bottom &&
          y[i]! + 20 >= asked.top,
      );
      expect(index.within(asked)).toEqual(slow);
      const under = slow.filter((i) => x[i]! <= left && y[i]! <= top);
      expect(index.at(left, top)).toBe(under.length > 0 ? under[under.length - 1] : null);
    }
  });
});

describe('the camera', () => {
  it('keeps what is under the pointer when it zooms', () => {
    const before = { x: -40, y: 12, scale: 0.4 };
    const after = zoomAt(before, 300, 200, 1.7);
    const a = toWorld(before, 300, 200);
    const b = toWorld(after, 300, 200);
    expect(b.x).toBeCloseTo(a.x, 9);
    expect(b.y).toBeCloseTo(a.y, 9);
  });

  it('fits the whole picture and does not enlarge it', () => {
    expect(fit(100, 50, 800, 600).scale).toBe(1);
    const far = fit(8_000, 2_000, 800, 600);
    expect(8_000 * far.scale + far.x).toBeLessThanOrEqual(800);
  });

  it('fits what is lit, wherever it is', () => {
    const parts = [{ left: 5_000, top: 40, right: 5_100, bottom: 60 }, { left: 6_500, top: 900, right: 6_600, bottom: 920 }];
    const camera = fitAround(parts, 800, 600);
    for (const { left, top, right, bottom } of parts) {
      expect(left * camera.scale + camera.x).toBeGreaterThanOrEqual(0);
      expect(right * camera.scale + camera.x).toBeLessThanOrEqual(800);
      expect(top * camera.scale + camera.y).toBeGreaterThanOrEqual(0);
      expect(bottom * camera.scale + camera.y).toBeLessThanOrEqual(600);
    }
  });

  it('moves only if it must', () => {
    const camera = { x: 0, y: 0, scale: 1 };
    const near = { left: 100, top: 100, right: 200, bottom: 140 };
    expect(bringIntoView(camera, near, 800, 600)).toEqual(camera);
    const moved = bringIntoView(camera, { left: 900, top: 100, right: 1_000, bottom: 140 }, 800, 600);
    expect(1_000 * moved.scale + moved.x).toBeLessThanOrEqual(800);
  });
});

describe('an arrow key', () => {
  it('goes along a need to the side and back, and stays in its column up and down', () => {
    const { network, layout } = laidOut(300, 8);
    const right = neighbourOf(network, layout, 0, 'right')!;
    expect(network.needs.some((need) => need.from === 0 && need.to === right)).toBe(true);
    expect(neighbourOf(network, layout, right, 'left')).toBe(0);
    const down = neighbourOf(network, layout, right, 'down');
    if (down !== null) {
      expect(layout.x[down]).toBe(layout.x[right]);
      expect(neighbourOf(network, layout, down, 'up')).toBe(right);
    }
    expect(neighbourOf(network, layout, 0, 'left')).toBeNull();
    expect(neighbourOf(network, layout, 0, 'up')).toBeNull();
  });
});
