// Outlines of states for maps, fetched when a map is shown.
import type { Feature, FeatureCollection, Geometry, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { stateOfNumeric } from './states';

export type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;
export type Outline = Feature<Geometry, { name: string; state: string }>;

export interface Outlines {
  states: Outline[];
  borders: MultiLineString;
}

/** Outlines with the code of the state; without one where the list of states has none. */
export function outlinesOf(map: Atlas): Outlines {
  const all = feature(map, map.objects.countries) as FeatureCollection<Geometry, { name: string }>;
  return {
    states: all.features.map((one) => ({
      ...one,
      properties: { ...one.properties, state: stateOfNumeric(String(one.id ?? ''))?.id ?? '' },
    })),
    borders: mesh(map, map.objects.countries, (a, b) => a !== b),
  };
}

export type View = 'world' | 'region';
const loaded: Partial<Record<View, Promise<Outlines>>> = {};

export function loadOutlines(view: View): Promise<Outlines> {
  loaded[view] ??= (view === 'world' ? import('virtual:map/world') : import('virtual:map/region')).then((module) => outlinesOf(module.default));
  return loaded[view];
}
