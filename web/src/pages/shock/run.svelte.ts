/** One scenario that was run: its jobs, and what they found. */

import type { Sentence } from '../../lib/said';
import { readRun, withFutures, type FuturesAnswer, type ItemOutcome, type RunAnswer } from './results';
import { Running, type Parameters } from '../../lib/running.svelte';
import type { Scenario } from './scenario';

export interface Question {
  name: string;
  scenario: Scenario;
  /** What the analyses are given: an episode's name, or the scenario itself. */
  what: Parameters[string];
  items: string[];
  inside: string;
  stockDays: number;
  enough: number;
  /** 0: one course, mild to harsh; else so many futures. */
  futures: number;
}

export interface ReachedItem {
  item: string;
  name: string;
  least_supply: { low: number; likely: number; high: number };
  worst_week: number;
  weeks_short: number;
  price: number;
  delay_days: number;
  system_count: number;
}

interface ScenarioAnswer {
  items: ReachedItem[];
  reasons: { item: string; origin: string | null; event: string; reason: string }[];
  notes: Sentence[];
}

export class ScenarioRun {
  readonly course = new Running<RunAnswer>();
  readonly reached = new Running<ScenarioAnswer>();
  readonly futures = new Running<FuturesAnswer>();

  constructor(
    readonly number: number,
    readonly question: Question,
  ) {}

  get outcomes(): ItemOutcome[] {
    if (!this.course.answer) return [];
    const items = readRun(this.course.answer);
    return this.futures.answer ? withFutures(items, this.futures.answer) : items;
  }

  /** Weeks that the harsh course loses, of all items together. */
  get harshLoss(): number {
    return (this.course.answer?.items ?? []).reduce((sum, row) => sum + row.weeks_lost.high, 0);
  }

  get isUnderWay(): boolean {
    return this.course.isUnderWay || this.reached.isUnderWay || this.futures.isUnderWay;
  }

  async start(): Promise<void> {
    const { what, items, inside, stockDays, enough, futures } = this.question;
    const common = { inside, enough };
    const course = this.course.ask('shock-run', {
      ...common,
      what,
      item: items,
      'stock-days': stockDays,
    });
    const reached = this.reached.ask('scenario', { ...common, scenario: what, top: 0 });
    await Promise.all([course, reached]);
    if (futures > 0 && this.course.answer) {
      await this.futures.ask('shock-montecarlo', {
        ...common,
        what,
        item: items,
        'stock-days': stockDays,
        runs: futures,
        bands: true,
      });
    }
  }
}
