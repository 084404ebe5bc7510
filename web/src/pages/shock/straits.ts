/** Where the straits and canals of data/reference/chokepoints.csv lie, to mark them on the map. */

export const straitPositions: Readonly<Record<string, readonly [number, number]>> = {
  malacca: [101.0, 2.9],
  sunda: [105.8, -5.9],
  lombok: [115.75, -8.75],
  makassar: [118.2, -1.5],
  'south-china-sea': [111.5, 9.5],
  luzon: [121.0, 20.5],
  taiwan: [119.5, 24.5],
  korea: [129.3, 34.6],
  torres: [142.4, -10.4],
  hormuz: [56.4, 26.5],
  'bab-el-mandeb': [43.3, 12.6],
  suez: [32.5, 30.4],
  'turkish-straits': [28.9, 40.9],
  gibraltar: [-5.6, 35.95],
  dover: [1.4, 51.0],
  'danish-straits': [11.2, 55.6],
  panama: [-79.7, 9.1],
};
