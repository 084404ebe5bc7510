/** Lines and bands over weeks, as paths of an SVG of a given size. */

import type { Band } from './results';
import { boundsOf, type Scenario } from './scenario';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function xOf(frame: Frame, week: number, weeks: number): number {
  const room = frame.width - frame.left - frame.right;
  return frame.left + (weeks > 1 ? (week / (weeks - 1)) * room : 0);
}

export function yOf(frame: Frame, part: number): number {
  const room = frame.height - frame.top - frame.bottom;
  return frame.top + (1 - Math.min(1, Math.max(0, part))) * room;
}

const rounded = (value: number): string => value.toFixed(1);

export function linePath(frame: Frame, values: number[], weeks: number): string {
  return values
    .map((value, week) => {
      const point = `${rounded(xOf(frame, week, weeks))} ${rounded(yOf(frame, value))}`;
      return `${week === 0 ? 'M' : 'L'}${point}`;
    })
    .join('');
}

export function bandPath(frame: Frame, band: Band, weeks: number): string {
  if (band.low.length === 0) return '';
  const back = [...band.low.keys()].reverse().map((week) => {
    const y = yOf(frame, band.low[week]!);
    return `L${rounded(xOf(frame, week, weeks))} ${rounded(y)}`;
  });
  return `${linePath(frame, band.high, weeks)}${back.join('')}Z`;
}

export interface Span {
  id: string;
  label: string;
  from: number;
  to: number;
}

function dayOf(scenario: Scenario, date: string): number {
  return (Date.parse(date) - Date.parse(scenario.start)) / 86_400_000;
}

/** When each event is likely to last, in weeks of the run, cut to it. */
export function spansOf(scenario: Scenario, weeks: number): Span[] {
  return scenario.events.map((event) => {
    const start = event.start ? dayOf(scenario, event.start) : (event.start_day ?? 0);
    const days = event.duration_days === undefined ? Infinity : boundsOf(event.duration_days, 0).likely;
    const end = event.end ? dayOf(scenario, event.end) : start + days;
    const inRun = (day: number): number => Math.min(weeks, Math.max(0, day / 7));
    const { origins = [], chokepoints = [] } = event.target;
    const label = event.title || [...origins, ...chokepoints].join(', ') || event.id;
    return { id: event.id, label, from: inRun(start), to: inRun(end) };
  });
}

/** Weeks at which the axis has a number: a step of 4, 13, 26, 52, ... with at most six of them. */
export function weekTicks(weeks: number): number[] {
  const steps = [1, 2, 4, 13, 26, 52, 104, 260, 520, 1040];
  const step = steps.find((one) => weeks / one <= 6) ?? 1040;
  const ticks: number[] = [];
  for (let week = 0; week < weeks; week += step) ticks.push(week);
  return ticks;
}
