// Forms that are not saved yet, kept for this tab alone so that a reload loses nothing. The one place where the browser keeps
// something of a reader's: it is that reader's own, and goes when it is saved, when somebody signs out or another one comes.
const prefix = 'adic.draft.';

/** `who` is the account and the reader; `what` names the form. */
const nameOf = (who: string, what: string) => `${prefix}${who} ${what}`;

export function keptDraft<T>(who: string, what: string): T | undefined {
  try {
    const text = sessionStorage.getItem(nameOf(who, what));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function keepDraft(who: string, what: string, draft: unknown): void {
  try {
    sessionStorage.setItem(nameOf(who, what), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the draft lasts as long as the page.
  }
}

export function forgetDraft(who: string, what: string): void {
  try {
    sessionStorage.removeItem(nameOf(who, what));
  } catch {
    // There was none.
  }
}

/** Forgets the drafts of everybody but `who`; without one, all. */
export function forgetDraftsOfOthers(who = ''): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix) && !(who && key.startsWith(nameOf(who, '')))) sessionStorage.removeItem(key);
    }
  } catch {
    // There are none.
  }
}
