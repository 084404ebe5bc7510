// Years as marks on a line, and an offer as the table of terms that the server reads.
import { describe, expect, it } from 'vitest';
import { axisOf, barOf, isRates, newOffer, offerOf, problemsOf, ratesRows, termsTable, yearsOf } from '../../src/pages/buying/pool/pool';

describe('the line of years', () => {
  const axis = axisOf('2027-01-01', '2030-12-31');

  it('marks each year that begins on it', () => {
    expect(yearsOf(axis).map(({ year }) => year)).toEqual([2028, 2029, 2030]);
    expect(yearsOf(axis)[0]!.x).toBeCloseTo((100 * 365) / 1461, 6);
  });

  it('draws a plan from its first day to the end of its last, within the line', () => {
    expect(barOf('2027-01-01', '2030-12-31', axis)).toEqual({ x: 0, width: 100 });
    expect(barOf('2020-01-01', '2027-12-31', axis).width).toBeCloseTo((100 * 365) / 1461, 6);
    expect(barOf('2030-12-31', '2035-01-01', axis)).toEqual({ x: expect.closeTo((100 * 1460) / 1461, 6), width: 0.5 });
  });
});

describe('an offer', () => {
  const filled = () => {
    const offer = newOffer();
    offer.prices = [{ from: '1', low: '', likely: '2 100 000', high: '2,300,000' }, { from: '10', low: '1800000', likely: '1950000', high: '' }];
    return offer;
  };

  it('is asked as the table of terms', () => {
    const offer = { ...filled(), isIncremental: true, once: { low: '', likely: '6000000', high: '' } };
    expect(problemsOf(offer)).toEqual({});
    expect(termsTable(offer)).toBe(
      'term,from,low,likely,high,text\nprice,1,,2100000,2300000,\nprice,10,1800000,1950000,,\nbreak_rule,,,,,incremental\nnon_recurring,,,6000000,,\ncoordination,,0.02,0.03,0.06,\n',
    );
  });

  it('says by field what is wrong', () => {
    const offer = filled();
    offer.prices[0]!.from = '2';
    offer.prices[1]!.low = '2000000';
    offer.coordination = { low: '', likely: '', high: '6' };
    expect(problemsOf(offer)).toEqual({ 'prices.0.from': 'buying.wrong.first', 'prices.1.likely': 'buying.wrong.ends', coordination: 'buying.wrong.percents' });
  });

  it('of a project has what the reader sees, and no more', () => {
    const seen = { breaks: [{ from: 1, price: 9 }], isIncremental: false, once: '5 to 9', coordination: 0.07, rule: '', first: '', last: '', source: '', confidence: '' };
    const offer = offerOf(seen);
    expect(offer.prices).toEqual([{ from: '1', low: '', likely: '9', high: '' }]);
    expect(offer.once).toEqual({ low: '', likely: '', high: '' });
    expect(offer.coordination.likely).toBe('7');
  });
});

describe('a table of exchange rates', () => {
  it('is told from one of terms', () => {
    expect(isRates('base,currency,day,rate\n')).toBe(true);
    expect(isRates('Date,USD\n')).toBe(true);
    expect(isRates('term,likely,rate\n')).toBe(false);
    expect(isRates('')).toBe(false);
  });

  it('has its figures as figures, and what is none as it is written', () => {
    expect(ratesRows('base,currency,day,rate,until\nEUR,USD,2026-11-20,1.1,\nEUR,MYR,2026-11-20,dear,2026-12-01\n')).toEqual([
      { base: 'EUR', currency: 'USD', day: '2026-11-20', rate: 1.1 },
      { base: 'EUR', currency: 'MYR', day: '2026-11-20', rate: 'dear', until: '2026-12-01' },
    ]);
  });
});
