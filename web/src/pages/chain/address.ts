/** What the address of the page says, so that a view can be sent to somebody. */

import { modes, type Mode } from './colouring';

export const shows = ['picture', 'list'] as const;
export const views = ['region', 'nation', 'both'] as const;
export const panels = ['failures', 'bottlenecks', 'item'] as const;

export interface ChainView {
  item: string;
  /** The state that the national view is of. */
  state: string;
  view: (typeof views)[number];
  colour: Mode;
  show: (typeof shows)[number];
  /** An item of the network that is looked at. */
  pick: string;
  /** A set of failures that is lit up: CHN, UKR+USA. */
  cut: string;
  users: boolean;
  /** What stands beside the picture. */
  panel: (typeof panels)[number];
}

/** What stands beside the picture if nothing else is asked for: why it fails, or else what is picked. */
const panelOf = ({ pick, cut }: Pick<ChainView, 'pick' | 'cut'>): ChainView['panel'] => (pick && !cut ? 'item' : 'failures');

function oneOf<T extends string>(allowed: readonly T[], text: string | undefined, standard: T): T {
  return allowed.find((one) => one === text) ?? standard;
}

const state = /^[A-Z]{3}$/;

export function readView(
  item: string | undefined,
  query: Record<string, string | undefined>,
  homeState: string,
): ChainView {
  const [pick, cut] = [query.pick ?? '', query.cut ?? ''];
  return {
    item: item ?? '',
    state: state.test(query.state ?? '') ? query.state! : homeState,
    view: oneOf(views, query.view, 'region'),
    colour: oneOf(modes, query.colour, 'state'),
    show: oneOf(shows, query.show, 'picture'),
    pick,
    cut,
    users: query.users === 'yes',
    panel: oneOf(panels, query.panel, panelOf({ pick, cut })),
  };
}

/** Only what differs from the standard: short addresses. */
export function queryOf(view: ChainView, homeState: string): Record<string, string> {
  const query: Record<string, string> = {};
  if (view.state !== homeState) query.state = view.state;
  if (view.view !== 'region') query.view = view.view;
  if (view.colour !== 'state') query.colour = view.colour;
  if (view.show !== 'picture') query.show = view.show;
  if (view.pick) query.pick = view.pick;
  if (view.cut) query.cut = view.cut;
  if (view.users) query.users = 'yes';
  if (view.panel !== panelOf(view)) query.panel = view.panel;
  return query;
}
