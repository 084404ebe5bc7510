// The parts of the page besides projects, in the order in which a planner comes to them; each is fetched when it is opened.
import type { Component } from 'svelte';

interface Part {
  /** The second word of its address. */
  name: string;
  title: string;
  load: () => Promise<{ default: Component }>;
}

export const parts: Part[] = [
  { name: 'pool', title: 'buying.part.pool', load: () => import('./pool/Pool.svelte') },
  { name: 'totals', title: 'buying.part.totals', load: () => import('./totals/Totals.svelte') },
  { name: 'award', title: 'buying.part.award', load: () => import('./award/Award.svelte') },
  { name: 'share', title: 'buying.part.share', load: () => import('./share/Share.svelte') },
  { name: 'balance', title: 'buying.part.balance', load: () => import('./balance/Balance.svelte') },
  { name: 'offsets', title: 'buying.part.offsets', load: () => import('./offsets/Offsets.svelte') },
  { name: 'origin', title: 'buying.part.origin', load: () => import('./origin/Origin.svelte') },
  { name: 'realised', title: 'buying.part.realised', load: () => import('./realised/Realised.svelte') },
  { name: 'return', title: 'buying.part.return', load: () => import('./return/Return.svelte') },
  { name: 'flags', title: 'buying.part.flags', load: () => import('./flags/Flags.svelte') },
];
