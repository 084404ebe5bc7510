// What waits for the reader: audiences to approve, what others took back, and what projects wait for of the reader's state.
import { api, type Schemas } from '../../lib/api';
import { loadMessages } from '../../lib/i18n.svelte';
import { load, type Loaded } from '../../lib/load.svelte';
import { may, session, stateOfReader } from '../../lib/session.svelte';
import { written } from '../../lib/written.svelte';

type Project = Schemas['Project'];

export interface Waiting {
  readonly proposals: Schemas['Proposal'][];
  readonly notices: NonNullable<Schemas['Notices']['notices']>;
  /** Those that wait for something of the reader's state. */
  readonly projects: Project[];
  readonly count: number;
  noticesAgain(): void;
}

const own = () => stateOfReader(session.reader);

/** Requires: called while a component is set up. Nothing is asked before `isDue`. */
export function askWhatWaits(isDue: () => boolean): Waiting {
  const isSomebody = () => isDue() && session.reader !== null && session.reader !== 'everyone';
  const asked = load(() => (isSomebody() && may(['release', 'propose a release']) ? api.get('/api/v1/proposals') : undefined));
  const noticed = load(() => (isSomebody() ? api.get('/api/v1/notices') : undefined));
  const rooms: Loaded<Schemas['Projects']> = load(() => {
    void written.round;
    return isSomebody() && own() && may('edit') ? withWords() : undefined;
  });
  const proposals = $derived((asked.data?.proposals ?? []).filter((one) => one.state === 'waiting'));
  const notices = $derived((noticed.data?.notices ?? []).filter((one) => !one.acknowledged));
  const projects = $derived((rooms.data?.projects ?? []).filter((one) => one.acts.some((act) => act.state === own())));
  const count = $derived(proposals.length + notices.length + projects.flatMap((one) => one.acts).filter((act) => act.state === own()).length);
  return {
    get proposals() {
      return proposals;
    },
    get notices() {
      return notices;
    },
    get projects() {
      return projects;
    },
    get count() {
      return count;
    },
    noticesAgain: noticed.again,
  };
}

/** The projects; what a state can do in them is said in the words of Buying together. */
async function withWords() {
  const outcome = await api.get('/api/v1/projects');
  if (outcome.ok && outcome.data.projects.some((one) => one.acts.some((act) => act.state === own()))) await loadMessages('buying');
  return outcome;
}
