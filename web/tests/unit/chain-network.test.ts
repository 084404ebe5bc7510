import { describe, expect, it } from 'vitest';

import { queryOf, readView } from '../../src/pages/chain/address';
import { colour } from '../../src/pages/chain/colouring';
import {
  coverageOf,
  needsBetween,
  readNetwork,
  rowsOf,
  threadOf,
  type NetworkAnswer,
} from '../../src/pages/chain/network';

function item(id: string, known: number | null, more: Partial<NetworkAnswer['items'][number]> = {}) {
  return {
    item: id,
    name: id,
    kind: 'component',
    side: 'below',
    tier: 1,
    known_share: known,
    inside_share: known === null ? null : 0,
    concentration: known === null ? null : known * known,
    largest_state: known === null ? null : 'CHN',
    largest_share: known === null ? null : { low: known, likely: known, high: known },
    origins: [],
    enough: null,
    confidence: known === null ? '' : 'B',
    sources: [],
    ...more,
  };
}

function need(from: string, to: string): NetworkAnswer['needs'][number] {
  return {
    item: from,
    group: to,
    take: 1,
    of: 1,
    input: to,
    role: 'consumed',
    essential: 'yes',
    value_share: null,
    confidence: 'D',
    source: 'judgement',
  };
}

const answer: NetworkAnswer = {
  items: [
    item('boat', null, { side: 'asked', tier: 0 }),
    item('engine', null),
    item('hull', null),
    item('magnet', 0.9, { tier: 2 }),
    item('steel', 0.5, { tier: 2, inside_share: 0.4, largest_share: { low: 0.1, likely: 0.1, high: 0.1 } }),
  ],
  needs: [
    need('boat', 'engine'),
    need('boat', 'hull'),
    need('engine', 'magnet'),
    need('hull', 'steel'),
    need('steel', 'engine'),
    need('boat', 'not-there'),
  ],
};

describe('a network', () => {
  const network = readNetwork(answer);
  const at = (id: string): number => network.position.get(id)!;
  const names = (items: Set<number>): string[] =>
    [...items].map((i) => network.items[i]!.id).sort();

  it('leaves out needs of what it does not have', () => {
    expect(network.needs).toHaveLength(5);
    expect([...rowsOf(network.inputs, at('boat'))]).toEqual([0, 1]);
    expect([...rowsOf(network.users, at('engine'))]).toEqual([0, 4]);
  });

  it('is followed up and down, and ends where needs go round', () => {
    expect(names(threadOf(network, at('magnet')).items)).toEqual([
      'boat',
      'engine',
      'hull',
      'magnet',
      'steel',
    ]);
    expect(names(threadOf(network, at('engine')).items)).toContain('magnet');
    expect(threadOf(network, at('magnet')).needs.size).toBe(5);
  });

  it('lights up the needs between the items of a cut, and no others', () => {
    const lit = needsBetween(network, ['boat', 'engine', 'magnet', 'nothing']);
    expect(names(lit.items)).toEqual(['boat', 'engine', 'magnet']);
    expect([...lit.needs]).toEqual([0, 2]);
  });

  it('counts what nobody has recorded', () => {
    const coverage = coverageOf(network);
    expect(coverage).toMatchObject({ items: 5, without: 3 });
    expect(coverage.unknown).toBeCloseTo((3 + 0.1 + 0.5) / 5, 12);
    expect(coverageOf(readNetwork({ items: [], needs: [] })).unknown).toBe(0);
  });

  it('is coloured so that the unknown is never a colour of something known', () => {
    for (const mode of ['state', 'concentration', 'confidence'] as const) {
      const { fillOf, fills } = colour(network.items, mode);
      const keyOf = (id: string): string => fills[fillOf[at(id)]!]!.key;
      expect(keyOf('boat')).toBe('unknown');
      expect(keyOf('magnet')).not.toBe('unknown');
      expect(fills.reduce((sum, fill) => sum + fill.count, 0)).toBe(5);
    }
    const byState = colour(network.items, 'state');
    expect(byState.fills[byState.fillOf[at('steel')]!]!.key).toBe('inside');
    const byConcentration = colour(network.items, 'concentration');
    expect(byConcentration.fills[byConcentration.fillOf[at('magnet')]!]!.key).toBe('high');
  });
});

describe('the address of a view', () => {
  it('goes there and back', () => {
    const view = readView(
      'gallium',
      { state: 'PHL', view: 'both', colour: 'confidence', cut: 'UKR+USA', pick: 'magnet', users: 'yes' },
      'IDN',
    );
    expect(readView('gallium', queryOf(view, 'IDN'), 'IDN')).toEqual(view);
  });

  it('opens what was picked, and why it fails, and else what stands beside it', () => {
    const panelOf = (query: Record<string, string>): string => readView('radio', query, 'IDN').panel;
    expect(panelOf({})).toBe('failures');
    expect(panelOf({ pick: 'magnet' })).toBe('item');
    expect(panelOf({ pick: 'magnet', cut: 'CHN' })).toBe('failures');
    expect(panelOf({ pick: 'magnet', cut: 'CHN', panel: 'item' })).toBe('item');
    expect(queryOf(readView('radio', { pick: 'magnet', panel: 'bottlenecks' }, 'IDN'), 'IDN')).toEqual({ pick: 'magnet', panel: 'bottlenecks' });
    expect(queryOf(readView('radio', { pick: 'magnet', panel: 'item' }, 'IDN'), 'IDN')).toEqual({ pick: 'magnet' });
  });

  it('says nothing of what is standard, and takes nothing that makes no sense', () => {
    const view = readView('gallium', { state: '<b>', view: 'x', colour: 'y', show: 'z' }, 'IDN');
    expect(view).toMatchObject({ state: 'IDN', view: 'region', colour: 'state', show: 'picture' });
    expect(queryOf(view, 'IDN')).toEqual({});
  });
});
