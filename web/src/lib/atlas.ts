// Maps for pages: outlines of states as paths that are drawn already (geo.ts), fetched when a map is shown, and where on
// them a place is.
import { stateOfNumeric } from './states';

/** As it comes: outlines by the numeric codes of states, on a sheet of `width` by `height` units. */
export interface DrawnMap {
  width: number;
  height: number;
  /** Of the projection: its scale, and where its centre is. */
  scale: number;
  x: number;
  y: number;
  /** The edge of the world; empty: the sheet shows a part of it. */
  sphere: string;
  borders: string;
  states: [numeric: string, d: string][];
}

export interface Outline {
  /** The code of the state; empty where the list of states has none. */
  state: string;
  d: string;
}

export type View = 'world' | 'region';

export interface Outlines extends Omit<DrawnMap, 'states'> {
  view: View;
  states: Outline[];
}

/** The same sheets as in geo.ts, to be as large before they are there. */
export const sheets: Record<View, { width: number; height: number }> = {
  world: { width: 2400, height: 1176 },
  region: { width: 1600, height: 1088 },
};

export function outlinesOf(map: DrawnMap, view: View): Outlines {
  return { ...map, view, states: map.states.map(([numeric, d]) => ({ state: stateOfNumeric(numeric)?.id ?? '', d })) };
}

const radians = Math.PI / 180;

/** Longitude and latitude on a sphere of radius 1: Mercator. */
function mercator(longitude: number, latitude: number): [number, number] {
  return [longitude * radians, Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2))];
}

/** Equal Earth (Šavrič, Patterson and Jenny 2018, equations 7 to 10), around 105° E. */
function equalEarth(longitude: number, latitude: number): [number, number] {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const turned = ((((longitude - 105 + 180) % 360) + 360) % 360) - 180;
  const l = Math.asin(m * Math.sin(latitude * radians));
  const l2 = l * l;
  const l6 = l2 * l2 * l2;
  return [(turned * radians * Math.cos(l)) / (m * (a1 + 3 * a2 * l2 + l6 * (7 * a3 + 9 * a4 * l2))), l * (a1 + a2 * l2 + l6 * (a3 + a4 * l2))];
}

/** Where a place is on the sheet; null: beside it. */
export function placeOn(map: Outlines, longitude: number, latitude: number): [number, number] | null {
  const [x, y] = (map.view === 'world' ? equalEarth : mercator)(longitude, latitude);
  const at: [number, number] = [map.x + map.scale * x, map.y - map.scale * y];
  return at[0] < 0 || at[0] > map.width || at[1] < 0 || at[1] > map.height ? null : at;
}

const loaded: Partial<Record<View, Promise<Outlines>>> = {};

export function loadOutlines(view: View): Promise<Outlines> {
  loaded[view] ??= (view === 'world' ? import('virtual:map/world') : import('virtual:map/region')).then((module) => outlinesOf(module.default, view));
  return loaded[view];
}
