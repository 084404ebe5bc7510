// Who reads. The server knows; this is what it said last.
import { api, setCsrf, whenOutOfDate, whenSignedOut, type Outcome, type Schemas } from './api';
import { forgetDrafts, ownDrafts } from './drafts.svelte';
import { forgetAll } from './forget';
import { i18n, say, t } from './i18n.svelte';
import type { Language } from './languages';
import { saidOf } from './problem';
import { go } from './router.svelte';
import { isMember, stateNameIn } from './states';
import { toast } from './toast.svelte';

type Session = Schemas['Session'];

const nobody: Session = { door: 'sample', account: null, reader: null, permissions: [], csrf: null };

export const session: Session & { isKnown: boolean; isUnreachable: boolean; isChanging: boolean; viewAs: string } = $state({
  ...nobody,
  isKnown: false,
  isUnreachable: false,
  /** Somebody else came in by another tab: what this one showed is gone, and who reads is asked. */
  isChanging: false,
  /** Another reader, as whom the own records are shown; empty: as oneself. */
  viewAs: '',
});

/** Who reads, as one word; empty: nobody has come in. */
const whoIs = (one: Session) => (one.reader ? `${one.account ?? ''}@${one.reader}` : '');

/** Who was here last, also while nobody is: when his session ends, what he had waits for him. */
let last = '';

interface Said {
  who: string;
  /** Nobody is here because he has signed out, not because his session is over. */
  hasLeft?: boolean;
}

/** Under whose name this browser keeps what is saved in it: where there are accounts, not even a colleague of one's state finds it. */
export const shelfOwner = (): string => (session.account ? whoIs(session) : (session.reader ?? 'everyone'));

// The tabs of a browser have one session: what one of them changes, the others hear.
const otherTabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('adic.session');
const tell = (said: Said) => otherTabs?.postMessage(said);
if (otherTabs) otherTabs.onmessage = (event: MessageEvent<Said>) => void heard(event.data);

/** As whom the own records are shown, in this tab and to this reader. */
const viewing = {
  name: 'adic.viewAs',
  of(who: string): string {
    try {
      const [of, as] = (sessionStorage.getItem(this.name) ?? '').split('\n');
      return of === who ? (as ?? '') : '';
    } catch {
      return '';
    }
  },
  keep(who: string, as: string): void {
    try {
      if (as) sessionStorage.setItem(this.name, `${who}\n${as}`);
      else sessionStorage.removeItem(this.name);
    } catch {
      // A browser that keeps nothing: the choice lasts as long as the page.
    }
  },
};

/** Nothing of who was here last stays, nor does the address that he was at; who tries out readers of the sample stays there. */
function forgetLast(): void {
  forgetAll();
  if (last && session.door !== 'sample') go('/', { replace: true, isAgreed: true });
  last = '';
}

/** He has signed out, here or in another tab: nothing waits for him. */
function forgetWhoLeft(): void {
  forgetDrafts();
  viewing.keep('', '');
  forgetLast();
}

function take(said: Session): void {
  const who = whoIs(said);
  if (who && who !== last) forgetLast();
  // Drafts of who was here before wait for him when his session is over; they are never another's.
  if (who) ownDrafts((last = who));
  Object.assign(session, nobody, said, { isKnown: true, isUnreachable: false, isChanging: false, viewAs: who ? viewing.of(who) : '' });
  setCsrf(said.csrf);
  tell({ who });
}

const nobodyIsHere = () => take({ ...nobody, door: session.door, login_service: session.login_service ?? false });

/** Another tab says who reads now: what this one shows is not his. */
async function heard({ who, hasLeft = false }: Said): Promise<void> {
  if (hasLeft) forgetWhoLeft();
  if (who === whoIs(session) || session.isChanging || !session.isKnown) return;
  const before = whoIs(session);
  Object.assign(session, nobody, { door: session.door, login_service: session.login_service ?? false, isChanging: true, viewAs: '' });
  setCsrf(null);
  if (who === '') viewing.keep('', '');
  await loadSession();
  session.isChanging = false;
  if (before && whoIs(session) !== before) {
    toast(session.reader ? t('shell.reader.changed', { name: readerName(session.reader) }) : t('shell.reader.gone'), { isBad: true });
  }
}

/** As whom the own records are shown from now on; empty: as oneself. */
export function viewRecordsAs(reader: string): void {
  session.viewAs = reader;
  viewing.keep(whoIs(session), reader);
}

export async function loadSession(): Promise<void> {
  whenSignedOut(nobodyIsHere);
  whenOutOfDate(async () => {
    const before = whoIs(session);
    const outcome = await api.get('/api/v1/session');
    if (!outcome.ok) return false;
    if (whoIs(outcome.data) !== before) void heard({ who: whoIs(outcome.data) });
    else setCsrf(outcome.data.csrf);
    return whoIs(outcome.data) === before;
  });
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
  const outcome = await api.delete('/api/v1/session');
  if (!outcome.ok && outcome.status !== 401) return void toast(saidOf(outcome.error), { isBad: true });
  tell({ who: '', hasLeft: true });
  nobodyIsHere();
  forgetWhoLeft();
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

/** The state that the reader's account belongs to, also where it speaks for a firm; empty: none. */
export const ownState = () => session.state ?? stateOfReader(session.reader);

/** The organisation that the reader speaks for; empty: none. */
export const ownOrganisation = () => (session.reader?.startsWith('org:') ? session.reader.slice(4) : '');

/** Whether the reader is an official of its owner, or speaks for itself in it. */
export function isOnOwnersSide(record: { owner: string; organisation?: string }): boolean {
  return session.reader === record.owner || (ownOrganisation() !== '' && record.organisation === ownOrganisation());
}

/** The region's own office: an organisation like any other, that sees what states release to it. */
export const secretariat = 'org:secretariat';

/** A reader in words, in the language of the page. */
export function readerName(reader: string): string {
  return readerNameIn(i18n.content, reader);
}

export function readerNameIn(language: Language, reader: string): string {
  if (reader === 'everyone') return say(language, 'shell.reader.everyone');
  if (reader === secretariat) return say(language, 'shell.reader.secretariat');
  return reader.startsWith('org:') ? reader.slice(4) : stateNameIn(language, reader);
}
