// A page as a printable brief: what it shows, and under it where the figures come from. The sources are asked for when
// somebody prints, for the items that the page is about.
import { tick } from 'svelte';
import { api } from './api';
import { whenForgetting } from './forget';
import { drawAll } from './later';

export interface SourceRow {
  source: string;
  title: string;
  publisher: string;
  year: number | null;
  url: string;
}

/** What stands at the foot of the printed page. */
export const brief: { sources: SourceRow[]; at: string } = $state({ sources: [], at: '' });

whenForgetting(() => Object.assign(brief, { sources: [], at: '' }));

/** More would not fit on two pages. */
const mostItems = 12;

export async function gatherSources(items: readonly string[]): Promise<SourceRow[]> {
  const answers = await Promise.all(items.slice(0, mostItems).map((item) => api.analysis<{ sources: SourceRow[] }>('facts', { item })));
  return inOrder(answers.flatMap((answer) => (answer.ok ? answer.data.sources : [])));
}

/** Each source once, by publisher. */
export function inOrder(sources: readonly SourceRow[]): SourceRow[] {
  const found = new Map(sources.map((source) => [source.source, source]));
  return [...found.values()].sort((a, b) => (a.publisher < b.publisher ? -1 : a.publisher > b.publisher ? 1 : a.source < b.source ? -1 : 1));
}

/** Nobody waits longer for what still loads. */
const mostSteps = 30;
const step = 100;

/** Until nothing on the page is being waited for. */
async function untilDrawn(): Promise<void> {
  for (let steps = 0; steps < mostSteps && document.querySelector('main .progress'); steps += 1) {
    await new Promise((resolve) => setTimeout(resolve, step));
  }
}

/** What else the page shows, with where it comes from. */
export type MoreSources = () => Promise<SourceRow[]>;

export async function printBrief(items: readonly string[], more: MoreSources = () => Promise.resolve([])): Promise<void> {
  drawAll();
  brief.sources = inOrder((await Promise.all([gatherSources(items), more()])).flat());
  brief.at = location.href;
  await tick();
  await untilDrawn();
  print();
}
