/** The results of runs as tables for a spreadsheet. */

import { t } from '../../lib/i18n.svelte';
import type { Sheet } from '../../lib/save_answer';
import { compare } from './results';
import type { ScenarioRun } from './run.svelte';

/** A line for each item and run: what it loses, and when or how surely it stops. */
export function comparisonSheet(runs: ScenarioRun[]): Sheet {
  const rows = compare(runs.map((run) => run.outcomes)).flatMap((row) =>
    row.cells.flatMap((cell, r) => {
      if (!cell) return [];
      const { low, likely, high } = cell.weeksLost;
      const inCourse = cell.chance ? [null, null] : [cell.stopped, cell.soonestStop];
      return [[row.item, row.name, runs[r]?.question.name, low, likely, high, ...inCourse, cell.chance?.low, cell.chance?.likely, cell.chance?.high]];
    }),
  );
  const head = ['item', 'name', 'run', 'weeks_lost_low', 'weeks_lost', 'weeks_lost_high', 'stops_in_week', 'harsh_stops_in_week', 'chance_low', 'chance', 'chance_high'];
  return { name: t('shock.compare.title'), head, rows };
}

/** Output week by week, of each run. */
export function courseSheets(runs: ScenarioRun[]): Sheet[] {
  const rows = runs.flatMap((run) =>
    run.outcomes.flatMap(({ item, name, band }) => band.middle.map((output, week) => [run.question.name, item, name, week + 1, band.low[week], output, band.high[week]])),
  );
  return [{ name: t('shock.week'), head: ['run', 'item', 'name', 'week', 'output_low', 'output', 'output_high'], rows }];
}
