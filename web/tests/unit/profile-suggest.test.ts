// What is suggested from a firm's own words: nothing by words that only say for whom a thing is, nor by what it is for.
import { describe, expect, it } from 'vitest';
import { capabilitiesOf, suggest, suggestOfLines, type Names } from '../../src/pages/profile/suggest';

const classes: Names[] = [
  { english: 'Patrol vessel', own: 'Kapal peronda' },
  { english: 'Ration pack', own: 'Pek catuan' },
  { english: 'Field hospital', own: 'Hospital medan' },
  { english: 'VHF radio', own: 'Radio VHF' },
  { english: 'Survey drone', own: 'Dron tinjauan' },
  { english: 'Protective vest', own: 'Ves pelindung' },
];
const items = ['Combat management system', 'Field radio (VHF manpack and handheld)', 'Radio antenna', 'Radio battery', 'Coastal patrol boat (about 30 m)', 'Aluminium hull and superstructure'];
const named = (text: string) => suggest(text, classes, (one) => one).map(({ what }) => what.english);
const like = (text: string) => suggest(text, items, (english) => ({ english })).map(({ what }) => what);

describe('what a product may be', () => {
  it.each([
    ['Harbour patrol vessel 12 m', ['Patrol vessel']],
    ['Kapal peronda', ['Patrol vessel']],
    ['instant rations', ['Ration pack']],
    ['handheld radios', ['VHF radio']],
    ['batteries for radios', []],
    ['bateri untuk radio', []],
    ['Combat boots', []],
    ['field uniforms', []],
    ['patrol cars', []],
  ])('of “%s”', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it.each([
    ['Combat boots', []],
    ['VHF radio', ['Field radio (VHF manpack and handheld)']],
    ['radio antenna', ['Radio antenna']],
    ['hulls of aluminium', ['Aluminium hull and superstructure']],
    ['Kasut but tentera', []],
  ])('is like items of the map: “%s”', (text, expected) => {
    expect(like(text)).toEqual(expected);
  });
});

describe('a paragraph', () => {
  it('is taken apart, and offers what its lines are about', () => {
    const lines = capabilitiesOf('We sew uniforms, rain ponchos and combat boots. We also make batteries for radios, and instant rations.');
    expect(lines).toEqual(['sew uniforms', 'rain ponchos and combat boots', 'make batteries for radios', 'instant rations']);
    expect(suggestOfLines(lines, classes, (one) => one, 3).map(({ english }) => english)).toEqual(['Ration pack']);
  });

  it.each([
    ['Kami menjahit seragam dan jas hujan. Kami juga membuat sepatu lars.', ['menjahit seragam', 'jas hujan', 'membuat sepatu lars']],
    ['Kami membina kapal peronda, dan membaiki enjin.', ['membina kapal peronda', 'membaiki enjin']],
    ['Chúng tôi may quân phục và sửa chữa tàu tuần tra.', ['may quân phục', 'sửa chữa tàu tuần tra']],
    ['เราตัดเย็บเครื่องแบบและรองเท้า', ['ตัดเย็บเครื่องแบบ', 'รองเท้า']],
  ])('knows “we” and “and”: %s', (text, lines) => {
    expect(capabilitiesOf(text)).toEqual(lines);
  });
});
