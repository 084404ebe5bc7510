import { geoArea, geoContains } from 'd3-geo';
import { describe, expect, it } from 'vitest';
import { cutOut, maps, readAtlas } from '../../geo';
import { outlinesOf, type Outline } from '../../src/lib/atlas';
import { members } from '../../src/lib/states';

const places: [string, [number, number], string][] = [
  ['Simferopol', [34.1, 44.95], 'UKR'],
  ['Kyiv', [30.5, 50.4], 'UKR'],
  ['Moscow', [37.6, 55.8], 'RUS'],
  ['Manado', [124.9, 1.35], 'IDN'],
  ['Kuching', [110.2, 1.4], 'MYS'],
];

const holder = (states: Outline[], place: [number, number]) => states.find((one) => geoContains(one, place))?.properties.state;

describe.each([['110m'], ['50m']] as const)('the world at 1:%s', (scale) => {
  const { states } = outlinesOf(readAtlas(scale));
  it.each(places)('has %s where it belongs', (_, place, state) => {
    expect(holder(states, place)).toBe(state);
  });
});

describe('the region', () => {
  const map = cutOut(readAtlas('50m'), [88, -13, 146, 30]);
  const { states } = outlinesOf(map);

  it('has every member', () => {
    const shown = new Set(states.map((one) => one.properties.state));
    expect(members.filter((state) => !shown.has(state.id))).toEqual([]);
    expect(members).toHaveLength(11);
  });

  it('carries no outline that it does not show', () => {
    const used = new Set<number>();
    for (const country of map.objects.countries.geometries as unknown as { arcs: number[][][] }[]) {
      for (const arc of country.arcs.flat(2)) used.add(arc < 0 ? ~arc : arc);
    }
    expect(used.size).toBe(map.arcs.length);
    expect(holder(states, [2.35, 48.86]), 'Paris').toBeUndefined();
  });
});

describe.each(Object.entries(maps))('%s, as it is sent', (name, make) => {
  const { states } = outlinesOf(make());
  const finer = outlinesOf(readAtlas(name.endsWith('world') ? '110m' : '50m')).states;

  it.each(places.slice(3))('has %s where it belongs', (_, place, state) => {
    expect(holder(states, place)).toBe(state);
  });

  it('has no outline that is inside out', () => {
    const parts = states.flatMap((one) => (one.geometry.type === 'MultiPolygon' ? one.geometry.coordinates : []));
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter((coordinates) => geoArea({ type: 'Polygon', coordinates }) > 2 * Math.PI)).toEqual([]);
  });

  it.each(members.map((state) => state.id))('shows %s as large as it is', (id) => {
    const before = finer.find((one) => one.properties.state === id);
    if (!before) return expect(name, id).toContain('world'); // too small for the world at 1:110 million
    const after = states.find((one) => one.properties.state === id);
    expect(after, id).toBeDefined();
    const areas = [after!, before].map((one) => geoArea(one));
    // Brunei, Singapore and Timor-Leste are drawn as points beside what is left of them.
    expect(Math.abs(areas[0]! / areas[1]! - 1)).toBeLessThan(['BRN', 'SGP', 'TLS'].includes(id) ? 0.5 : 0.02);
  });
});
