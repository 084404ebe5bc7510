/** Where what the page of a chain shows comes from, beside the facts of its item. */

import { api } from '../../lib/api';
import type { SourceRow } from '../../lib/brief.svelte';
import type { CutsAnswer, WhyAnswer } from './answers';

/** The sources of the chain of reasons, each resolved from the facts of an item that names it. */
async function sourcesOfReasons(item: string, inside: string, cut: string): Promise<SourceRow[]> {
  const why = await api.analysis<WhyAnswer>('why', { item, inside, without: cut });
  const links = why.ok ? why.data.links : [];
  const wanted = new Map(links.flatMap((link) => link.sources.map((source) => [source, link.item] as const)));
  const items = [...new Set(wanted.values())];
  const facts = await Promise.all(items.map((one) => api.analysis<{ sources: SourceRow[] }>('facts', { item: one })));
  return facts.flatMap((answer) => (answer.ok ? answer.data.sources : [])).filter((source) => wanted.has(source.source));
}

/** The sources of the yearly chances, and of the reasons of the failure that is told. */
export async function shownSources(item: string, insides: string[], cut: string): Promise<SourceRow[]> {
  const [inside = ''] = insides;
  const [reasons, ...cuts] = await Promise.all([
    cut ? sourcesOfReasons(item, inside, cut) : [],
    ...insides.map((who) => api.analysis<CutsAnswer>('cuts', { item, inside: who })),
  ]);
  return [...reasons, ...cuts.flatMap((answer) => (answer.ok ? (answer.data.sources ?? []) : []))];
}
