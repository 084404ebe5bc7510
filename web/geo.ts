// The outlines of the maps, made once when the application is built: `virtual:map/world` (1:110 million) and
// `virtual:map/region` (1:50 million, the region and what lies around it). From Natural Earth through
// world-atlas, public domain, with one change: Crimea is drawn as the General Assembly of the United Nations has it
// (A/RES/68/262), with Ukraine. Lines are drawn as finely as a screen shows them, and no finer; and they are projected here,
// once, so that a browser only paints them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoArea, geoBounds, geoContains, geoEqualEarth, geoMercator, geoPath, type GeoContext, type GeoPermissibleObjects, type GeoProjection } from 'd3-geo';
import { feature, mesh, quantize } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, GeometryObject, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import type { DrawnMap } from './src/lib/atlas';

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

/** Takes the lines of a path in whole units, each step from the last point: half as long as points one by one. */
class Pen implements GeoContext {
  private text = '';
  private at: [number, number] = [0, 0];
  private last = '';

  beginPath(): void {}
  arc(): void {}

  moveTo(x: number, y: number): void {
    this.at = [Math.round(x), Math.round(y)];
    this.write('M', this.at);
  }

  lineTo(x: number, y: number): void {
    const [to, from] = [[Math.round(x), Math.round(y)] as [number, number], this.at];
    if (to[0] === from[0] && to[1] === from[1]) return;
    this.at = to;
    this.write('l', [to[0] - from[0], to[1] - from[1]]);
  }

  closePath(): void {
    this.text += 'z';
    this.last = '';
  }

  private write(letter: string, [x, y]: [number, number]): void {
    this.text += `${letter === this.last ? (x < 0 ? '' : ' ') : letter}${x}${y < 0 ? '' : ' '}${y}`;
    this.last = letter;
  }

  take(): string {
    const text = this.text;
    this.text = '';
    this.last = '';
    return text;
  }
}

/** A map as paths on a sheet of so many units. */
export function draw(map: Countries, projection: GeoProjection, width: number, height: number): DrawnMap {
  const pen = new Pen();
  const path = geoPath(projection, pen);
  const lines = (shape: GeoPermissibleObjects) => {
    path(shape);
    return pen.take();
  };
  const [x, y] = projection.translate();
  return {
    width,
    height,
    scale: projection.scale(),
    x,
    y,
    sphere: lines({ type: 'Sphere' }),
    borders: lines(mesh(map, map.objects.countries as never, (a, b) => a !== b)),
    states: map.objects.countries.geometries.map((country): [string, string] => [String(country.id ?? ''), lines(feature(map, country))]).filter(([, d]) => d),
  };
}

// The region's sheet shows these longitudes and latitudes, with a margin.
const around: GeoPermissibleObjects = { type: 'MultiPoint', coordinates: [[93, -10.5], [141.5, 27.5]] };

export const drawings: Record<string, () => DrawnMap> = {
  'virtual:map/world': () => {
    const [width, height] = [2400, 1176];
    const projection = geoEqualEarth().rotate([-105, 0]).fitExtent([[12, 12], [width - 12, height - 12]], { type: 'Sphere' });
    return draw(maps['virtual:map/world']!(), projection, width, height);
  },
  'virtual:map/region': () => {
    const [width, height] = [1600, 1088];
    const projection = geoMercator().fitExtent([[24, 24], [width - 24, height - 24]], around).clipExtent([[0, 0], [width, height]]);
    return { ...draw(maps['virtual:map/region']!(), projection, width, height), sphere: '' };
  },
};

export function outlines(): Plugin {
  return {
    name: 'adic-outlines',
    resolveId: (id) => (id in drawings ? `\0${id}` : undefined),
    load(id) {
      const make = drawings[id.slice(1)];
      if (!id.startsWith('\0') || !make) return undefined;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(make()))});`;
    },
  };
}
