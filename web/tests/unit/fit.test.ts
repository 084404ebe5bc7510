import { describe, expect, it } from 'vitest';
import { fitOf, isCandidate, likenessOf, reasonsOf, tellingWords, wordReasons, type Reason } from '../../src/pages/catalogue/fit';
import type { SeenRecord } from '../../src/lib/records';

const record = (type: string, fields: SeenRecord['fields']): SeenRecord => ({ id: 'BRN.x', type, owner: 'BRN', fields });
const boat = record('product', { name: 'patrol craft 28 m', hs: '890610', price: 1_800_000, lead_time: 30 });
const need = record('demand', {
  item: 'coastal patrol vessel 28 m',
  hs: '890690',
  tiers: ['1900000: 8', '1700000: 10'],
  first: '2028-01-01',
  last: '2030-12-31',
  standards: ['ISO 12215-5', 'COLREG 1972'],
});
const said = (reasons: Reason[]) => reasons.map((one) => `${one.about} ${one.verdict} ${one.words?.join('|') ?? one.code ?? one.ready ?? one.most ?? ''}`);

describe('what speaks for an offer, and what it lacks', () => {
  it('is said for each thing that both name', () => {
    expect(said(reasonsOf(need, boat, '2026-11-27'))).toEqual([
      'words yes patrol',
      'words no coastal|vessel',
      'heading yes 8906',
      'standards no ISO 12215-5|COLREG 1972',
      'time yes 2026-12-27',
      'price yes 1900000',
    ]);
  });

  it('counts certificates that name the standard, whatever their letters', () => {
    const certified = record('product', { ...boat.fields, certificates: ['Lloyd’s: iso 12215-5:2019'] });
    expect(said(reasonsOf(need, certified, '2026-11-27')).filter((one) => one.startsWith('standards'))).toEqual(['standards yes ISO 12215-5', 'standards no COLREG 1972']);
  });

  it('never takes what is hidden for what is not there', () => {
    const shy = record('product', { ...boat.fields, certificates: { disclosure: 'exists' }, price: { disclosure: 'generalised', value: '1000000 to 2000000' } });
    const reasons = reasonsOf(need, shy, '2026-11-27');
    expect(said(reasons)).toContain('standards unknown ISO 12215-5|COLREG 1972');
    expect(reasons.some((one) => one.about === 'price')).toBe(false);
    const closed = record('demand', { item: 'patrol craft', standards: { disclosure: 'exists' }, tiers: { disclosure: 'generalised', value: 2 }, last: { disclosure: 'generalised', value: '2030' } });
    expect(said(reasonsOf(closed, boat, '2026-11-27'))).toEqual(['words yes patrol|craft']);
  });

  it('says what comes too late, costs too much or is another thing', () => {
    const slow = record('product', { ...boat.fields, lead_time: 2000, price: 1_900_001, hs: '871000' });
    const reasons = said(reasonsOf(need, slow, '2026-11-27'));
    expect(reasons).toContain('time no 2032-05-19');
    expect(reasons).toContain('price no 1900000');
    expect(reasons).toContain('code no 871000');
  });

  it('takes the price of the break that the quantity reaches', () => {
    const cheaper = record('product', { ...boat.fields, price: 2_000_000, price_breaks: ['8: 1850000', '4: 1950000', '20: 1'] });
    expect(said(reasonsOf(record('demand', { ...need.fields, quantity: 8 }), cheaper, '2026-11-27'))).toContain('price yes 1900000');
    expect(said(reasonsOf(record('demand', { ...need.fields, quantity: 7 }), cheaper, '2026-11-27'))).toContain('price no 1900000');
    expect(said(reasonsOf(need, cheaper, '2026-11-27'))).toContain('price no 1900000');
  });

  it('holds figures of the words against properties in their unit', () => {
    const sized = record('product', { ...boat.fields, class: 'patrol-vessel/1', properties: { length: { value: 28.1, unit: 'm' }, beam: { value: 6, unit: 'm' }, speed: { value: 28, unit: 'kn' } } });
    expect(said(reasonsOf(need, sized, '2026-11-27'))).toContain('figures yes length: 28.1 m');
    const longer = record('product', { ...sized.fields, properties: { length: { value: 31, unit: 'm' }, speed: { disclosure: 'generalised', value: '20 to 50', unit: 'm' } } });
    expect(said(reasonsOf(need, longer, '2026-11-27'))).toContain('figures other length: 31 m');
    expect(said(reasonsOf(record('demand', { item: 'binoculars 7 x 50' }), sized, '2026-11-27')).some((one) => one.startsWith('figures'))).toBe(false);
  });

  it('compares supply classes, by their field or by the stock number', () => {
    const numbered = record('product', { name: 'vest', nsn: '8470-01-520-7385' });
    expect(said(reasonsOf(record('demand', { item: 'armour', fsc: '8470' }), numbered, '2026-11-27'))).toContain('supply yes 8470');
    expect(said(reasonsOf(record('demand', { item: 'armour', fsc: '1005' }), numbered, '2026-11-27'))).toContain('supply no 8470');
    const hidden = record('product', { name: 'vest', nsn: { disclosure: 'exists' } });
    expect(said(reasonsOf(record('demand', { item: 'armour', fsc: '8470' }), hidden, '2026-11-27')).some((one) => one.startsWith('supply'))).toBe(false);
  });

  it('takes class and properties of the item that a need names', () => {
    const named = record('product', { name: 'patrol craft', class: 'patrol-vessel/1', hs: '890610', properties: { length: { value: 28, unit: 'm' }, hull: { value: 'steel' }, crew: { disclosure: 'exists' } } });
    const other = record('product', { name: 'fast launch', class: 'patrol-vessel/2', properties: { length: { value: 31, unit: 'm' }, hull: { value: 'steel' }, crew: { value: 8 } } });
    const reasons = said(reasonsOf(record('demand', { item: 'BRN.x' }), { ...other, id: 'SGP.y' }, '2026-11-27', named));
    expect(reasons).toEqual(['words yes patrol', 'words no craft', 'class yes patrol-vessel', 'figures yes hull: steel', 'figures other length: 31 m']);
    expect(said(likenessOf(named, record('product', { name: 'drone', class: 'survey-drone/1' })))).toContain('class no survey-drone');
  });

  it('knows the very item, and what replaces it', () => {
    expect(said(reasonsOf(record('demand', { item: 'BRN.x' }), boat, '2026-11-27'))).toEqual(['item yes ']);
    const newer = { ...record('product', { name: 'craft 2', replaces: 'BRN.x' }), id: 'BRN.z' };
    expect(said(reasonsOf(record('demand', { item: 'BRN.x' }), newer, '2026-11-27', boat))[0]).toBe('item yes ');
  });

  it('makes a candidate of what has a word or a heading, and puts the better first', () => {
    const fits = reasonsOf(need, boat, '2026-11-27');
    const other = reasonsOf(need, record('product', { name: 'VHF radio', lead_time: 5 }), '2026-11-27');
    expect(isCandidate(fits)).toBe(true);
    expect(isCandidate(other)).toBe(false);
    expect(fitOf(fits)).toBeGreaterThan(fitOf(other));
  });

  it('takes words of a firm from what it can do', () => {
    const firm = record('organisation', { name: 'Surabaya Optics', capabilities: ['grinds lenses', 'assembles day sights'] });
    expect(said(wordReasons(tellingWords(['infrared lens']), firm))).toEqual(['words yes lens', 'words no infrared']);
    expect(tellingWords(['Lens LENS léns 28 m', ['day sights']])).toEqual(['Lens', 'sights']);
  });
});
