// What waits for the reader: audiences to approve, what others took back, and what projects wait for of the reader's state.
import { api, type Schemas } from '../../lib/api';
import { loadMessages } from '../../lib/i18n.svelte';
import { load, type Loaded } from '../../lib/load.svelte';
import { may, session, stateOfReader } from '../../lib/session.svelte';
import type { SeenRecord } from '../../lib/records';
import { written } from '../../lib/written.svelte';
import { askRecords, interestsOfFirms, openClaims, openInterests, ownerOf, text } from '../catalogue/firm/firm';

type Project = Schemas['Project'];

export interface Waiting {
  readonly proposals: Schemas['Proposal'][];
  readonly notices: NonNullable<Schemas['Notices']['notices']>;
  /** Those that wait for something of the reader's state. */
  readonly projects: Project[];
  /** Others who are interested in the reader's records. */
  readonly interests: SeenRecord[];
  /** Interests of firms of the reader's state that the owner of the record is not shown. */
  readonly unshown: SeenRecord[];
  /** Firms that say that a record is theirs. */
  readonly claims: SeenRecord[];
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
  const isOfficial = () => own() !== '';
  const interested = load(() => {
    void written.round;
    return isSomebody() && isOfficial() && may(['edit', 'release', 'propose a release']) ? askInterests(own(), may(['release', 'propose a release'])) : undefined;
  });
  const claimed = load(() => {
    void written.round;
    return isSomebody() && isOfficial() && may('edit') ? askRecords('claim') : undefined;
  });
  const claims = $derived(openClaims(claimed.data ?? []));
  const interests = $derived(may('edit') ? (interested.data?.interests ?? []) : []);
  const unshown = $derived((interested.data?.unshown ?? []).filter((one) => !proposals.some((proposal) => proposal.record === one.id)));
  const proposals = $derived((asked.data?.proposals ?? []).filter((one) => one.state === 'waiting'));
  const notices = $derived((noticed.data?.notices ?? []).filter((one) => !one.acknowledged));
  const projects = $derived((rooms.data?.projects ?? []).filter((one) => one.acts.some((act) => act.state === own())));
  const count = $derived(proposals.length + notices.length + interests.length + unshown.length + claims.length + projects.flatMap((one) => one.acts).filter((act) => act.state === own()).length);
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
    get interests() {
      return interests;
    },
    get unshown() {
      return unshown;
    },
    get claims() {
      return claims;
    },
    get count() {
      return count;
    },
    noticesAgain: noticed.again,
  };
}

/** Interests in records of the state; and, where it may release, those of its firms that are to be shown to others. */
async function askInterests(state: string, mayRelease: boolean) {
  const outcome = await askRecords('interest');
  if (!outcome.ok) return outcome;
  const ofFirms = mayRelease ? interestsOfFirms(outcome.data, state) : [];
  const releases = await Promise.all(ofFirms.map((one) => api.get('/api/v1/records/{id}/release', { params: { id: one.id } })));
  const isShown = (one: SeenRecord, at: number) => {
    const release = releases[at];
    return !release?.ok || release.data.record.split(';').some((grant) => grant === ownerOf(text(one, 'about')));
  };
  const unshown = ofFirms.filter((one, at) => !isShown(one, at));
  return { ...outcome, data: { interests: openInterests(outcome.data, state), unshown } };
}

/** The projects; what a state can do in them is said in the words of Buying together. */
async function withWords() {
  const outcome = await api.get('/api/v1/projects');
  if (outcome.ok && outcome.data.projects.some((one) => one.acts.some((act) => act.state === own()))) await loadMessages('buying');
  return outcome;
}
