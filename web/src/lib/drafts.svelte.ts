// What a reader has typed and not saved yet. It is kept in this tab, for this reader alone, so that a session that ends, a
// reload or a step away loses nothing of it; and it is gone once it is saved or thrown away, or when somebody signs out.

const prefix = 'adic.draft.';
/** So long after the last key, and it is kept. */
const patience = 250;

export interface Kept<T> {
  /** When it was typed. */
  at: string;
  value: T;
}

/** Whose drafts these are; empty: nobody's. */
let owner = '';
/** Forms on the page with something in them that is not saved. */
const unsaved = new Set<symbol>();

function store(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined; // a browser that keeps nothing: a draft lasts as long as its page
  }
}

const nameIn = (reader: string, name: string) => `${prefix}${reader} ${name}`;
const allNames = () => Object.keys(store() ?? {}).filter((name) => name.startsWith(prefix));

function write(name: string, text: string): void {
  try {
    store()?.setItem(name, text);
  } catch {
    // It is too long to be kept: leaving the page asks all the same.
  }
}

function read<T>(name: string): Kept<T> | undefined {
  const text = store()?.getItem(name);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as Kept<T>;
  } catch {
    return undefined;
  }
}

/** This reader has come in: drafts of any other are removed. */
export function ownDrafts(reader: string): void {
  owner = reader;
  for (const name of allNames()) if (!name.startsWith(nameIn(reader, ''))) store()?.removeItem(name);
}

/** Somebody has signed out: nothing of what he typed stays. */
export function forgetDrafts(): void {
  ownDrafts('');
  for (const name of allNames()) store()?.removeItem(name);
}

export function dropDraft(name: string): void {
  store()?.removeItem(nameIn(owner, name));
}

/** The reader's drafts whose names begin so, by what follows. */
export function draftsUnder(start: string): { name: string; at: string }[] {
  const whole = nameIn(owner, start);
  return allNames()
    .filter((name) => name.startsWith(whole))
    .map((name) => ({ name: name.slice(whole.length), at: read(name)?.at ?? '' }));
}

/** Whether leaving this page would leave something half done. */
export function isSomethingUnsaved(): boolean {
  return unsaved.size > 0;
}

/** Whether closing this tab would lose something. */
export function isSomethingLost(): boolean {
  return unsaved.size > 0 || (owner !== '' && draftsUnder('').length > 0);
}

/** Who closes the tab, or loads it again, is asked by the browser. */
export function startDrafts(): void {
  addEventListener('beforeunload', (event) => {
    if (isSomethingLost()) event.preventDefault();
  });
}

/** Whether who goes to another page is asked first: not where the page has it again when he is back. */
export type Leaving = 'asks' | 'goes';

/**
 * Keeps what `now` gives as the draft of that name; undefined: nothing is unsaved, and there is no draft. Returns what was
 * kept before. Requires: called while a component is set up; `now` gives plain data.
 */
export function keepDraft<T>(name: string, now: () => T | undefined, leaving: Leaving = 'asks'): Kept<T> | undefined {
  const [reader, whole, mark] = [owner, nameIn(owner, name), Symbol(name)];
  const before = read<T>(whole);
  let written = before ? JSON.stringify(before.value) : undefined;
  let waiting: (() => void) | undefined;

  $effect(() => {
    const value = now();
    const text = value === undefined ? undefined : JSON.stringify(value);
    if (text === undefined || leaving === 'goes') unsaved.delete(mark);
    else unsaved.add(mark);
    waiting = () => {
      waiting = undefined;
      // Somebody else reads by now, or nobody does: nothing is left behind.
      if (reader !== owner || text === written) return;
      written = text;
      if (text === undefined) store()?.removeItem(whole);
      else write(whole, `{"at":${JSON.stringify(new Date().toISOString())},"value":${text}}`);
    };
    if (text === undefined) waiting();
    const timer = setTimeout(() => waiting?.(), patience);
    return () => clearTimeout(timer);
  });

  // What was typed last is kept before the page goes.
  $effect(() => {
    const keepNow = () => waiting?.();
    addEventListener('pagehide', keepNow);
    return () => {
      removeEventListener('pagehide', keepNow);
      keepNow();
      unsaved.delete(mark);
    };
  });
  return before;
}
