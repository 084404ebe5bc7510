import { describe, expect, it } from 'vitest';

import { bandPath, linePath, spansOf, weekTicks, xOf, yOf, type Frame } from '../../src/pages/shock/chart';
import type { Scenario } from '../../src/pages/shock/scenario';

const frame: Frame = { width: 120, height: 60, left: 10, right: 10, top: 5, bottom: 5 };

describe('the course of an item', () => {
  it('runs from the left edge to the right one, nothing at the foot and all at the head', () => {
    expect(xOf(frame, 0, 11)).toBe(10);
    expect(xOf(frame, 10, 11)).toBe(110);
    expect(yOf(frame, 0)).toBe(55);
    expect(yOf(frame, 1)).toBe(5);
    expect(yOf(frame, 1.4)).toBe(5);
    expect(linePath(frame, [1, 0], 2)).toBe('M10.0 5.0L110.0 55.0');
  });

  it('has a band that closes', () => {
    const band = { low: [0, 0.5], middle: [0.5, 0.5], high: [1, 1] };
    expect(bandPath(frame, band, 2)).toBe('M10.0 5.0L110.0 5.0L110.0 30.0L10.0 55.0Z');
    expect(bandPath(frame, { low: [], middle: [], high: [] }, 0)).toBe('');
  });

  it('has at most six numbers on its axis, from nought on', () => {
    for (const weeks of [1, 5, 30, 52, 104, 157, 520, 5_200]) {
      const ticks = weekTicks(weeks);
      expect(ticks[0]).toBe(0);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks[ticks.length - 1]!).toBeLessThan(weeks);
    }
  });

  it('shades the weeks in which an event is likely to last', () => {
    const scenario: Scenario = {
      id: 'a',
      title: 'A',
      start: '2026-01-01',
      horizon_days: 70,
      events: [
        { id: 'first', kind: 'halt', target: { origins: ['CHN'] }, start_day: 14, duration_days: { low: 7, likely: 21, high: 70 } },
        { id: 'dated', title: 'By date', kind: 'halt', target: {}, start: '2026-01-08', end: '2026-01-22' },
        { id: 'endless', kind: 'halt', target: { chokepoints: ['suez'] }, start_day: -7 },
      ],
    };
    expect(spansOf(scenario, 10)).toEqual([
      { id: 'first', label: 'CHN', from: 2, to: 5 },
      { id: 'dated', label: 'By date', from: 1, to: 3 },
      { id: 'endless', label: 'suez', from: 0, to: 10 },
    ]);
  });
});
