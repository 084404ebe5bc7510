// Who reads. The server knows; this is what it said last.
import { api, setCsrf, whenSignedOut, type Outcome, type Schemas } from './api';
import { forgetDraftsOfOthers } from './drafts';
import { t } from './i18n.svelte';
import { isMember, stateName } from './states';

type Session = Schemas['Session'];

const nobody: Session = { door: 'sample', account: null, reader: null, permissions: [], csrf: null };

export const session: Session & { isKnown: boolean; isUnreachable: boolean; viewAs: string } = $state({
  ...nobody,
  isKnown: false,
  isUnreachable: false,
  /** Another reader, as whom the own records are shown; empty: as oneself. */
  viewAs: '',
});

/** Whose a draft is. */
export function author(): string {
  return `${session.account ?? ''}/${session.reader ?? ''}`;
}

function take(said: Session): void {
  Object.assign(session, nobody, said, { isKnown: true, isUnreachable: false, viewAs: '' });
  setCsrf(said.csrf);
  // A session that has run out is nobody's: whoever it was finds the draft again after signing in.
  if (session.reader) forgetDraftsOfOthers(author());
}

export async function loadSession(): Promise<void> {
  whenSignedOut(() => take({ ...nobody, door: session.door, login_service: session.login_service ?? false }));
  const outcome = await api.get('/api/v1/session');
  if (outcome.ok) take(outcome.data);
  else session.isUnreachable = true;
}

export interface Entry {
  name?: string;
  password?: string;
  code?: string;
  key?: string;
  as?: string;
}

export async function enter(entry: Entry): Promise<Outcome<Session>> {
  const outcome = await api.post('/api/v1/session', entry);
  if (outcome.ok) take(outcome.data);
  return outcome;
}

export async function leave(): Promise<void> {
  forgetDraftsOfOthers();
  await api.delete('/api/v1/session');
  await loadSession();
}

/** Whether the reader may do that, or one of those. */
export function may(permission: string | string[]): boolean {
  return [permission].flat().some((one) => session.permissions.includes(one));
}

/** The state that a reader stands for; empty: none. */
export function stateOfReader(reader: string | null): string {
  return reader && isMember(reader) ? reader : '';
}

/** The region's own office: an organisation like any other, that sees what states release to it. */
export const secretariat = 'org:secretariat';

/** A reader in words. */
export function readerName(reader: string): string {
  if (reader === 'everyone') return t('shell.reader.everyone');
  if (reader === secretariat) return t('shell.reader.secretariat');
  return reader.startsWith('org:') ? reader.slice(4) : stateName(reader);
}
