// The pages: the only place that lists them. A page is a folder with Page.svelte, messages/en/NAME.json beside it
// in its tree; its name is the first word of its address (the overview's is /). Only pages that are there stand here.
import type { Component } from 'svelte';
import { addressOf } from '../lib/api';
import type { Route } from '../lib/router.svelte';
import type { IconName } from '../ui/Icon.svelte';
import { ofEach } from './parts/asked';

export interface Page {
  name: string;
  /** Key of its title. */
  title: string;
  icon: IconName;
  load: () => Promise<{ default: Component }>;
  /** Who sees it in the navigation: who may do this, or one of these; without it, everybody who has come in. */
  permission?: string | string[];
  /** What it asks first, as it asks it: asked while its code is on the way. */
  ahead?: (route: Route) => string[];
  /** Whether all that it shows there is as the chosen reader sees it, when own records are looked at as another. */
  isViewedAs?: (route: Route) => boolean;
  /** Reached from other pages, not from the navigation. */
  isHidden?: boolean;
}

const analysis = (name: string, query: Record<string, string | number> = {}) => addressOf('/api/v1/analyses/{name}', { name }, query);

/** Parts of "My data" that are about what one does oneself, and not about what others see. */
const placesOfData = new Set(['import', 'waiting', 'bundles', 'notices']);

export const pages: Page[] = [
  { name: 'overview', title: 'shell.page.overview', icon: 'overview', load: () => import('./overview/Page.svelte'), permission: 'read', ahead: ({ query }) => [analysis('bottlenecks', { inside: query['from'] ?? 'ASEAN', top: 60 }), analysis('items')] },
  { name: 'chain', title: 'shell.page.chain', icon: 'chain', load: () => import('./chain/Page.svelte'), permission: 'read', ahead: ({ params, query }) => (params[0] && !query['view'] && !query['users'] ? [analysis('network', { item: params[0], inside: 'ASEAN' })] : []) },
  { name: 'parts', title: 'shell.page.parts', icon: 'parts', load: () => import('./parts/Page.svelte'), permission: 'read', ahead: ({ query }) => [analysis('items'), analysis('network', { inside: query['from'] ?? 'ASEAN' }), analysis('bottlenecks', ofEach(query['from'] ?? 'ASEAN', query['machines'] !== 'no'))] },
  { name: 'shock', title: 'shell.page.shock', icon: 'shock', load: () => import('./shock/Page.svelte'), permission: 'read' },
  { name: 'catalogue', title: 'shell.page.catalogue', icon: 'catalogue', load: () => import('./catalogue/Page.svelte'), permission: 'read', ahead: () => ['/api/v1/record-types'], isViewedAs: () => true },
  { name: 'buying', title: 'shell.page.buying', icon: 'buying', load: () => import('./buying/Page.svelte'), permission: 'read' },
  { name: 'briefs', title: 'shell.page.briefs', icon: 'print', load: () => import('./briefs/Page.svelte'), permission: 'read' },
  { name: 'profile', title: 'shell.page.profile', icon: 'profile', load: () => import('./profile/Page.svelte'), permission: 'edit' },
  { name: 'data', title: 'shell.page.data', icon: 'data', load: () => import('./data/Page.svelte'), permission: ['edit', 'propose a release', 'release'], isViewedAs: ({ params }) => !placesOfData.has(params[0] ?? '') },
  { name: 'audit', title: 'shell.page.audit', icon: 'audit', load: () => import('./audit/Page.svelte'), permission: 'read the audit log' },
  { name: 'admin', title: 'shell.page.admin', icon: 'admin', load: () => import('./admin/Page.svelte'), permission: ['manage accounts', 'manage the server'] },
  { name: 'account', title: 'shell.page.account', icon: 'profile', load: () => import('./account/Page.svelte'), isHidden: true },
];

export function findPage(name: string): Page | undefined {
  return pages.find((page) => page.name === name);
}
