import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { forget, isKept, listSaved, mostSaved, remove, save, type Shelf } from '../../src/pages/shock/saved';
import {
  addEvents,
  boundsOf,
  changeEvent,
  changeSeverity,
  figureOf,
  idOf,
  newScenario,
  parseScenario,
  problemsOf,
  removeEvent,
  toFile,
  withBound,
  type Scenario,
} from '../../src/pages/shock/scenario';
import { straitPositions } from '../../src/pages/shock/straits';

const nothing = { states: [], straits: [], items: [], suppliers: [] };

function built(): Scenario {
  const empty = { ...newScenario('2026-01-01'), title: 'Two states' };
  return addEvents(empty, { ...nothing, states: ['CHN', 'COD'], straits: ['malacca'], items: ['cobalt'] });
}

describe('a number that is typed', () => {
  it('is told where it is none, and waited for', () => {
    const [event] = built().events;
    const wrong = { ...built(), horizon_days: NaN, events: [{ ...event!, start_day: NaN, duration_days: NaN, severity: NaN }] };
    expect(problemsOf(wrong).map((one) => one.key)).toEqual(['horizon', 'severity', 'duration', 'begins']);
    expect(problemsOf(changeEvent(built(), 'event-1', { start_day: -35 }))).toEqual([{ key: 'begins', event: 'event-1' }]);
  });

  it('moves the bounds around it, and none while it is no number', () => {
    const bounds = { low: 4, likely: 12, high: 26 };
    expect(withBound(bounds, 'likely', 30)).toEqual({ low: 4, likely: 30, high: 30 });
    expect(withBound(bounds, 'likely', NaN)).toEqual({ low: 4, likely: NaN, high: 26 });
    expect(withBound(bounds, 'high', 2)).toEqual({ low: 4, likely: 12, high: 2 });
  });
});

describe('a scenario that is built', () => {
  it('has an event for states and another for straits, each with its items', () => {
    const { events } = built();
    expect(events.map((event) => event.target)).toEqual([
      { origins: ['CHN', 'COD'], items: { ids: ['cobalt'] } },
      { chokepoints: ['malacca'], items: { ids: ['cobalt'] } },
    ]);
    expect(new Set(events.map((event) => event.id)).size).toBe(2);
    expect(problemsOf(built())).toEqual([]);
  });

  it('takes an identifier that is free after one was removed', () => {
    const fewer = removeEvent(built(), 'event-1');
    const more = addEvents(fewer, { ...nothing, states: ['USA'] });
    expect(new Set(more.events.map((event) => event.id)).size).toBe(more.events.length);
  });

  it('says all that is wrong with it at once', () => {
    const empty = newScenario('yesterday');
    expect(problemsOf(empty).map((one) => one.key)).toEqual(['title', 'start', 'events']);
    let wrong = changeEvent(built(), 'event-1', {
      target: {},
      duration_days: { low: 9, likely: 3, high: 10 },
      start_day: 400,
    });
    wrong = changeSeverity(wrong, 'event-1', { low: 0, likely: 0.5, high: 1.2 });
    expect(problemsOf(wrong)).toEqual([
      { key: 'target', event: 'event-1' },
      { key: 'severity', event: 'event-1' },
      { key: 'duration', event: 'event-1' },
      { key: 'never', event: 'event-1' },
    ]);
  });

  it('has no severity where all stops', () => {
    const half = changeSeverity(built(), 'event-1', { low: 0.4, likely: 0.5, high: 0.6 });
    expect(half.events[0]!.severity).toEqual({ low: 0.4, likely: 0.5, high: 0.6 });
    const all = changeSeverity(half, 'event-1', { low: 1, likely: 1, high: 1 });
    expect('severity' in all.events[0]!).toBe(false);
  });

  it('loses a cause that has no member left', () => {
    const joined: Scenario = {
      ...built(),
      causes: [{ id: 'war', probability: 0.1, members: [{ event: 'event-1', conditional: 0.5 }] }],
    };
    expect('causes' in removeEvent(joined, 'event-1')).toBe(false);
    expect(removeEvent(joined, 'event-2').causes).toEqual(joined.causes);
  });

  it('is named by its title', () => {
    expect(idOf('Café: two straits, 2026')).toBe('cafe-two-straits-2026');
    expect(idOf('台湾')).toBe('my-scenario');
  });

  it('keeps bounds that are equal as one number', () => {
    expect(figureOf({ low: 2, likely: 2, high: 2 })).toBe(2);
    expect(boundsOf({ likely: 3, high: 4 }, 1)).toEqual({ low: 3, likely: 3, high: 4 });
    expect(boundsOf(undefined, 1)).toEqual({ low: 1, likely: 1, high: 1 });
  });
});

describe('a scenario file', () => {
  const folder = fileURLToPath(new URL('../../../data/scenarios/', import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

  it('of the library is read, kept whole, and has no problem', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
    for (const name of files) {
      const text = readFileSync(folder + name, 'utf8');
      const read = parseScenario(text);
      expect(read.ok, name).toBe(true);
      if (read.ok) {
        expect(JSON.parse(toFile(read.scenario))).toEqual(JSON.parse(text));
        expect(problemsOf(read.scenario), name).toEqual([]);
      }
    }
  });

  it('that is none is refused with the reason', () => {
    expect(parseScenario('{')).toEqual({ ok: false, problem: 'json' });
    expect(parseScenario('[]')).toEqual({ ok: false, problem: 'shape' });
    expect(parseScenario('{"id":"a","title":"b","start":"c","horizon_days":1,"events":[3]}')).toEqual({
      ok: false,
      problem: 'shape',
    });
    expect(parseScenario(' '.repeat(5 * 1024 * 1024))).toEqual({ ok: false, problem: 'large' });
  });
});

describe('the map', () => {
  it('has a place for each strait that can be closed', () => {
    const table = fileURLToPath(new URL('../../../data/reference/chokepoints.csv', import.meta.url));
    const ids = readFileSync(table, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]!);
    expect(Object.keys(straitPositions).sort()).toEqual([...ids].sort());
  });
});

function shelf(room = 1_000_000): Shelf & { content: Map<string, string> } {
  const content = new Map<string, string>();
  return {
    content,
    getItem: (key) => content.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new Error('no room');
      content.set(key, value);
    },
    removeItem: (key) => void content.delete(key),
  };
}

describe('what is kept in the browser', () => {
  it('is not on the shelf of a colleague, and is forgotten with what was kept for the state', () => {
    const kept = shelf();
    save(kept, 'an@MYS', 'FEAR', built(), '1');
    save(kept, 'MYS', 'Of before', built(), '1');
    expect(listSaved(kept, 'bo@MYS')).toEqual([]);
    expect(isKept(kept, ['bo@MYS'])).toBe(false);
    expect(isKept(kept, ['bo@MYS', 'MYS'])).toBe(true);
    forget(kept, ['an@MYS', 'MYS']);
    expect(kept.content.size).toBe(0);
  });

  it('is on the shelf of its reader alone', () => {
    const kept = shelf();
    expect(save(kept, 'PHL', 'Straits', built(), '2026-01-01')).toBe(true);
    expect(listSaved(kept, 'PHL').map((one) => one.name)).toEqual(['Straits']);
    expect(listSaved(kept, 'IDN')).toEqual([]);
    expect(listSaved(kept, 'PHL')[0]!.scenario).toEqual(built());
  });

  it('takes the place of what has its name, and can be taken away and put back', () => {
    const kept = shelf();
    save(kept, 'PHL', 'One', built(), '1');
    save(kept, 'PHL', 'One', { ...built(), title: 'Other' }, '2');
    expect(listSaved(kept, 'PHL')).toHaveLength(1);
    const gone = remove(kept, 'PHL', 'One')!;
    expect(kept.content.size).toBe(0);
    expect(save(kept, 'PHL', gone.name, gone.scenario, gone.at)).toBe(true);
    expect(listSaved(kept, 'PHL')[0]!.scenario.title).toBe('Other');
  });

  it('says so when there is no room', () => {
    expect(save(shelf(10), 'PHL', 'One', built(), '1')).toBe(false);
    const full = shelf();
    for (let n = 0; n < mostSaved; n += 1) save(full, 'PHL', `n${n}`, built(), '1');
    expect(save(full, 'PHL', 'one more', built(), '1')).toBe(false);
    expect(save(full, 'PHL', 'n3', built(), '2')).toBe(true);
  });

  it('that somebody broke is left aside', () => {
    const kept = shelf();
    kept.setItem('adic.scenarios.PHL', '{not json');
    expect(listSaved(kept, 'PHL')).toEqual([]);
    kept.setItem('adic.scenarios.PHL', '[{"name":"x","at":"1","scenario":{}},null,7]');
    expect(listSaved(kept, 'PHL')).toEqual([]);
  });
});
