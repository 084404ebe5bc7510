// The outlines of the maps, made once when the application is built: `virtual:map/world` (1:110 million) and
// `virtual:map/region` (1:50 million, the region and what lies around it). From Natural Earth through
// world-atlas, public domain, with one change: Crimea is drawn as the General Assembly of the United Nations has it
// (A/RES/68/262), with Ukraine. Lines are drawn as finely as a screen shows them, and no finer.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoBounds, geoContains } from 'd3-geo';
import { feature, quantize } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, GeometryObject, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

type Countries = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;
type Country = GeometryObject<{ name: string }>;

const simferopol: [number, number] = [34.1, 44.95];
const russia = '643';
const ukraine = '804';

function polygonsOf(country: Country): number[][][] {
  if (country.type === 'MultiPolygon') return (country as MultiPolygon).arcs;
  return country.type === 'Polygon' ? [(country as Polygon).arcs] : [];
}

function setPolygons(country: Country, arcs: number[][][]): void {
  Object.assign(country, { type: 'MultiPolygon', arcs });
}

/** Moves the polygon that holds Simferopol from one country to another; does nothing where it is right already. */
export function giveCrimeaBack(map: Countries): void {
  const countries = map.objects.countries.geometries;
  const from = countries.find((country) => country.id === russia);
  const to = countries.find((country) => country.id === ukraine);
  if (!from || !to) return;
  const holds = (arcs: number[][]) =>
    geoContains(feature(map, { type: 'Polygon', arcs } as unknown as Polygon), simferopol);
  const moved = polygonsOf(from).filter(holds);
  setPolygons(from, polygonsOf(from).filter((arcs) => !moved.includes(arcs)));
  setPolygons(to, [...polygonsOf(to), ...moved]);
}

/** The countries that touch a box of longitudes and latitudes, with the arcs that they are made of and no others. */
export function cutOut(map: Countries, [west, south, east, north]: [number, number, number, number]): Countries {
  const isNear = (arcs: number[][]) => {
    const [[w, s], [e, n]] = geoBounds(feature(map, { type: 'Polygon', arcs } as unknown as Polygon));
    return w <= e && w < east && e > west && s < north && n > south;
  };
  const countries = map.objects.countries.geometries
    .map((country) => ({ ...country, type: 'MultiPolygon', arcs: polygonsOf(country).filter(isNear) }))
    .filter((country) => country.arcs.length > 0);
  const places = new Map<number, number>();
  const arcs: Countries['arcs'] = [];
  const renumber = (arc: number) => {
    const old = arc < 0 ? ~arc : arc;
    if (!places.has(old)) {
      places.set(old, arcs.length);
      arcs.push(map.arcs[old]!);
    }
    const now = places.get(old)!;
    return arc < 0 ? ~now : now;
  };
  for (const country of countries) country.arcs = country.arcs.map((polygon) => polygon.map((ring) => ring.map(renumber)));
  const geometries = countries as unknown as Country[];
  return { ...map, arcs, objects: { countries: { type: 'GeometryCollection', geometries } } } as unknown as Countries;
}

export function readAtlas(scale: '110m' | '50m'): Countries {
  const path = createRequire(import.meta.url).resolve(`world-atlas/countries-${scale}.json`);
  const map = JSON.parse(readFileSync(path, 'utf8')) as Countries;
  giveCrimeaBack(map);
  return map;
}

/**
 * The map with fewer points: a bend of less than `area` square degrees goes, and what stays stands on a grid of `steps`.
 * An island that comes out as a line or inside out goes too: on a sphere it would be everything but itself.
 */
export function coarsen(map: Countries, area: number, steps: number): Countries {
  const { land: _, ...objects } = map.objects as Partial<Countries['objects']>;
  const coarse = quantize(simplify(presimplify({ ...map, objects } as Countries), area), steps) as Countries;
  const isSound = (arcs: number[][]) => {
    const size = geoArea(feature(coarse, { type: 'Polygon', arcs } as unknown as Polygon));
    return size > 0 && size < 2 * Math.PI;
  };
  for (const country of coarse.objects.countries.geometries) setPolygons(country, polygonsOf(country).filter(isSound));
  return coarse;
}

// Shown at most 1,200 and 800 pixels wide: a pixel is 0.3 and 0.07 degrees.
export const maps: Record<string, () => Countries> = {
  'virtual:map/world': () => coarsen(readAtlas('110m'), 0.15, 2500),
  'virtual:map/region': () => coarsen(cutOut(readAtlas('50m'), [88, -13, 146, 30]), 0.01, 5000),
};

export function outlines(): Plugin {
  return {
    name: 'adic-outlines',
    resolveId: (id) => (id in maps ? `\0${id}` : undefined),
    load(id) {
      const make = maps[id.slice(1)];
      if (!id.startsWith('\0') || !make) return undefined;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(make()))});`;
    },
  };
}
