import { describe, expect, it } from 'vitest';
import { fitOf, isCandidate, reasonsOf, tellingWords, wordReasons, type Reason } from '../../src/pages/catalogue/fit';
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
