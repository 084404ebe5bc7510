// Words of descriptions as they are compared: without accents, signs and plurals, and with what short names stand for.
import { folded } from '../catalogue/search';

/** Names that parts lists use, in the words of the map. */
const meanings: Record<string, string> = {
  aluminum: 'aluminium', tire: 'tyre', fiber: 'fibre', gage: 'gauge', motherboard: 'circuit board',
  ndfeb: 'neodymium iron boron magnet', smco: 'magnet', pcb: 'printed circuit board', pwb: 'printed circuit board', mlcc: 'multilayer ceramic capacitor',
  fpga: 'field programmable gate array', mcu: 'microcontroller', led: 'light emitting diode', lcd: 'liquid crystal display', tft: 'thin film transistor display',
  gnss: 'satellite navigation receiver', gps: 'satellite navigation receiver', imu: 'inertial sensor', ecu: 'engine control unit', bms: 'battery management',
  plc: 'programmable logic controller', pvc: 'polyvinyl chloride', gaas: 'gallium arsenide', gan: 'gallium nitride', mmic: 'microwave', dram: 'dynamic memory',
  ddr: 'dynamic memory', nand: 'flash memory', cpu: 'application processor', soc: 'application processor', cfrp: 'carbon fibre laminate', gfrp: 'glass fibre laminate',
  lifepo4: 'lithium ion iron phosphate cell', nmc: 'nickel manganese cobalt', opamp: 'operational amplifier', esc: 'electronic speed controller', hvac: 'heating ventilation air conditioning',
  genset: 'generator set', bolt: 'steel fastener', screw: 'steel fastener', nut: 'steel fastener', washer: 'steel fastener', rivet: 'steel fastener', stud: 'steel fastener',
  rhib: 'rigid inflatable boat', satcom: 'satellite communication terminal', sonde: 'sensor', windshield: 'windscreen', busbar: 'copper busbar', loom: 'harness',
};

/** The same of two words that only mean it together. */
const pairs: [RegExp, string][] = [
  [/\bli ?ion\b/g, 'lithium ion'],
  [/\bli ?po(?:ly)?\b/g, 'lithium ion pouch'],
  [/\bop ?amp\b/g, 'operational amplifier'],
  [/\bo ring\b/g, 'rubber seal'],
  [/\bwiring harness\b/g, 'wire harness'],
  [/\bsaw filter\b/g, 'surface acoustic wave filter'],
  [/\bcrt\b/g, 'display'],
];

/** They say nothing of what a thing is. */
const empty = new Set(['of', 'and', 'with', 'for', 'the', 'an', 'in', 'to', 'by', 'or', 'on', 'at', 'from', 'type', 'no', 'nr', 'size', 'model', 'part', 'assy', 'assembly', 'item', 'pcs', 'pc', 'ea', 'each', 'mm', 'cm', 'kg', 'kw', 'mw', 'hz', 'mhz', 'ghz', 'vdc', 'vac', 'ah', 'mah', 'rev', 'ver', 'series', 'spare', 'new', 'misc', 'dan', 'untuk', 'dengan', 'untok', 'va', 'cho', 'loai']);

function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Sizes and counts do not tell what a thing is; "5083" does, which is an alloy. */
const isSize = (word: string) => /^\d{1,3}$/.test(word);

/** The words of a text, each once. */
export function wordsOf(text: string): string[] {
  let said = folded(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  for (const [short, long] of pairs) said = said.replace(short, long);
  const words = said.split(' ').flatMap((word) => (meanings[stem(word)] ?? meanings[word] ?? word).split(' '));
  return [...new Set(words.filter((word) => word.length > 1 && !empty.has(word) && !isSize(word)).map(stem))];
}

export const hasDigit = (word: string): boolean => /\d/.test(word);
