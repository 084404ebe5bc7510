// The address of the shock room, and what is said of a run's outcome.
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMessages } from '../../src/lib/i18n.svelte';
import { choiceOf, isStock, readView, runsOf } from '../../src/pages/shock/address';
import type { ItemOutcome } from '../../src/pages/shock/results';
import { lossText, stopText, weeksText } from '../../src/pages/shock/sayings';

describe('the address of a shock', () => {
  it('is short where all is as usual', () => {
    const view = readView({});
    expect(view).toEqual({ episode: '', items: [], inside: 'ASEAN', stockDays: 30, futures: 0, without: [], ran: [] });
    expect(Object.values(choiceOf(view)).join('')).toBe('');
  });

  it('gives back what it was made of', () => {
    const run = { episode: 'malacca-closure', items: ['relief-drone', 'neon'], inside: 'PHL', stockDays: 60, futures: 8192 };
    const other = { ...run, episode: 'red-sea-2023', items: [], stockDays: 0, futures: 0 };
    const query = { episode: run.episode, ...choiceOf(run), runs: runsOf([run, other]) };
    expect(readView(query)).toEqual({ ...run, without: [], ran: [run, other] });
  });

  it('takes days of stock that can be, and none that cannot', () => {
    expect([0, 30, 3650].every(isStock)).toBe(true);
    expect([-5, 9999, NaN].some(isStock)).toBe(false);
  });

  it('is not led astray by what nobody meant', () => {
    expect(readView({ inside: '<b>', stock: '-4', futures: '9999999', without: 'UKR+x', runs: ',:::,' })).toEqual(readView({ without: 'UKR' }));
  });
});

describe('the outcome in words', () => {
  beforeAll(() => loadMessages('shock'));
  const outcome: ItemOutcome = {
    item: 'drone',
    name: 'Drone',
    band: { low: [], middle: [], high: [] },
    stopped: null,
    soonestStop: 16,
    weeksLost: { low: 0, likely: 0, high: 5.2179 },
    least: 1,
    because: { text: '' },
    chance: null,
    stoppedBy: [],
  };

  it('names the case that it is of', () => {
    expect(stopText(outcome)).toBe('stops in the harsh case alone, in week 16');
    expect(lossText(outcome)).toEqual({ lost: '0.0 weeks lost', range: '0.0 in the mild case, 5.2 in the harsh' });
    expect(stopText({ ...outcome, stopped: 20 })).toBe('stops in week 20, in the harsh case in week 16');
    expect(stopText({ ...outcome, stopped: 16 })).toBe('stops in week 16');
    expect(stopText({ ...outcome, soonestStop: null })).toBe('short in the harsh case alone, does not stop');
    expect(stopText({ ...outcome, soonestStop: null, weeksLost: { low: 0, likely: 0, high: 0 } })).toBe('not touched');
  });

  it('says of futures only what the futures say', () => {
    const none = { low: 0, likely: 0, high: 0 };
    const futures = { ...outcome, chance: { low: 0, likely: 0, high: 0.000469 }, weeksLost: none };
    expect(stopText(futures)).toBe('stops in none of the futures drawn: its chance is below 0.05%');
    expect(lossText(futures)).toEqual({ lost: '0.0 weeks lost on average', range: '' });
    expect(stopText({ ...futures, chance: { low: 0.001, likely: 0.004, high: 0.02 } })).toBe('stops in < 1% of futures (< 1%–2%)');
  });

  it('shows nothing that is more than nothing as nothing', () => {
    expect([0, 0.01, 0.05, 5.2179].map(weeksText)).toEqual(['0.0', '< 0.1', '0.1', '5.2']);
  });
});
