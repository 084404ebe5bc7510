// Drafts: kept for one reader, in this tab, and nobody else's.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { draftsUnder, dropDraft, forgetDrafts, isSomethingLost, ownDrafts } from '../../src/lib/drafts.svelte';

/** A storage that names its keys as the browser's does. */
function storage(kept: Record<string, string>): Storage {
  const has: Record<string, unknown> = { ...kept };
  const of = { getItem: (name: string) => has[name] ?? null, setItem: (name: string, text: string) => (has[name] = text), removeItem: (name: string) => delete has[name] };
  for (const [name, value] of Object.entries(of)) Object.defineProperty(has, name, { value, enumerable: false });
  return has as unknown as Storage;
}

const draft = (at: string) => JSON.stringify({ at, value: { price: '777' } });

describe('drafts', () => {
  beforeEach(() => {
    vi.stubGlobal('sessionStorage', storage({ 'adic.draft.a@MYS edit MYS.p-7': draft('10:32'), 'adic.draft.a@MYS release MYS.p-7 price': draft('10:33'), 'adic.draft.b@VNM import': draft('09:00'), 'adic.other': 'kept' }));
  });

  it('are those of the reader who has come in; others are removed', () => {
    ownDrafts('a@MYS');
    expect(Object.keys(sessionStorage).sort()).toEqual(['adic.draft.a@MYS edit MYS.p-7', 'adic.draft.a@MYS release MYS.p-7 price', 'adic.other']);
    expect(draftsUnder('release MYS.p-7 ')).toEqual([{ name: 'price', at: '10:33' }]);
    expect(isSomethingLost()).toBe(true);
  });

  it('go one by one, and all of them when somebody signs out', () => {
    ownDrafts('a@MYS');
    dropDraft('edit MYS.p-7');
    expect(draftsUnder('edit ')).toEqual([]);
    forgetDrafts();
    expect(Object.keys(sessionStorage)).toEqual(['adic.other']);
    expect(isSomethingLost()).toBe(false);
  });

  it('are not a reader whose name begins alike', () => {
    ownDrafts('a@MY');
    expect(Object.keys(sessionStorage)).toEqual(['adic.other']);
  });
});
