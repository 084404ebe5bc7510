import { geoArea, geoContains, geoEqualEarth, geoMercator } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { cutOut, drawings, maps, readAtlas } from '../../geo';
import { outlinesOf, placeOn, sheets, type View } from '../../src/lib/atlas';
import { members, stateOfNumeric } from '../../src/lib/states';

type Outline = Feature<Geometry, { state: string }>;

/** The countries of a map by the codes of their states, before they are drawn. */
function statesOf(map: ReturnType<typeof readAtlas>): Outline[] {
  const all = feature(map, map.objects.countries) as FeatureCollection<Geometry, { name: string }>;
  return all.features.map((one) => ({ ...one, properties: { state: stateOfNumeric(String(one.id ?? ''))?.id ?? '' } }));
}

const places: [string, [number, number], string][] = [
  ['Simferopol', [34.1, 44.95], 'UKR'],
  ['Kyiv', [30.5, 50.4], 'UKR'],
  ['Moscow', [37.6, 55.8], 'RUS'],
  ['Manado', [124.9, 1.35], 'IDN'],
  ['Kuching', [110.2, 1.4], 'MYS'],
];

const holder = (states: Outline[], place: [number, number]) => states.find((one) => geoContains(one, place))?.properties.state;

describe.each([['110m'], ['50m']] as const)('the world at 1:%s', (scale) => {
  const states = statesOf(readAtlas(scale));
  it.each(places)('has %s where it belongs', (_, place, state) => {
    expect(holder(states, place)).toBe(state);
  });
});

describe('the region', () => {
  const map = cutOut(readAtlas('50m'), [88, -13, 146, 30]);
  const states = statesOf(map);

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
  const states = statesOf(make());
  const finer = statesOf(readAtlas(name.endsWith('world') ? '110m' : '50m'));

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

describe.each(['world', 'region'] as const)('the %s, as it is drawn', (view: View) => {
  const drawn = drawings[`virtual:map/${view}`]!();
  const map = outlinesOf(drawn, view);

  it('is on the sheet that pages keep free for it', () => {
    expect({ width: map.width, height: map.height }).toEqual(sheets[view]);
  });

  it('stays on its sheet', () => {
    for (const { state, d } of map.states) {
      let at = [0, 0];
      for (const [, letter, steps] of d.matchAll(/([Mlz])([^Mlz]*)/g)) {
        const numbers = [...steps!.matchAll(/-?\d+/g)].map(Number);
        for (let i = 0; i + 1 < numbers.length; i += 2) {
          at = letter === 'M' ? [numbers[i]!, numbers[i + 1]!] : [at[0]! + numbers[i]!, at[1]! + numbers[i + 1]!];
          expect(at[0]! >= 0 && at[0]! <= map.width && at[1]! >= 0 && at[1]! <= map.height, `${state}: ${at.join(' ')}`).toBe(true);
        }
      }
    }
  });

  const more: typeof places = [['Suva', [178.4, -18.1], 'FJI'], ['the Strait of Malacca', [101, 2.5], '']];
  it.each([...places, ...more])('puts %s where the projection does', (_, [longitude, latitude]) => {
    const projection = (view === 'world' ? geoEqualEarth().rotate([-105, 0]) : geoMercator()).scale(map.scale).translate([map.x, map.y]);
    const wanted = projection([longitude, latitude])!;
    const isOn = wanted[0] >= 0 && wanted[0] <= map.width && wanted[1] >= 0 && wanted[1] <= map.height;
    const found = placeOn(map, longitude, latitude);
    expect(found !== null).toBe(isOn);
    if (!found) return;
    expect(found[0]).toBeCloseTo(wanted[0], 6);
    expect(found[1]).toBeCloseTo(wanted[1], 6);
  });
});
