// What one reader had on the page, or typed, and another is not to find.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface One {
  door: string;
  account: string | null;
  reader: string | null;
}

const an: One = { door: 'accounts', account: 'an', reader: 'MYS' };
const bo: One = { door: 'accounts', account: 'bo', reader: 'MYS' };
const nobody: One = { door: 'accounts', account: null, reader: null };
const draft = 'adic.draft.an@MYS new demand';

/** Keys are properties, as the browser's are. */
function storage(kept: Record<string, string>): Storage {
  const has: Record<string, unknown> = { ...kept };
  const of = { getItem: (name: string) => has[name] ?? null, setItem: (name: string, text: string) => (has[name] = text), removeItem: (name: string) => delete has[name] };
  for (const [name, value] of Object.entries(of)) Object.defineProperty(has, name, { value, enumerable: false });
  return has as unknown as Storage;
}

let here: One;
const steps: string[] = [];

/** A tab: modules of its own, in which somebody has a parts list, cells on their way to a page, a notice and a brief. */
async function openTab(first: One) {
  here = first;
  vi.resetModules();
  const session = await import('../../src/lib/session.svelte');
  const { list } = await import('../../src/pages/parts/list.svelte');
  const { handOver, takeHanded } = await import('../../src/lib/handed');
  const { notices, toast } = await import('../../src/lib/toast.svelte');
  const { brief } = await import('../../src/lib/brief.svelte');
  await session.loadSession();
  const rows = [['part', 'name'], ['XQ-1', 'engine']].map((cells, at) => ({ number: at + 1, cells }));
  list.take('boat.csv', [{ name: 'boat.csv', rows }]);
  handOver('boat.csv', [{ name: 'boat.csv', rows }]);
  toast('XQ-1 is saved.', { undo: () => undefined });
  brief.at = 'http://x/data/MYS.XQ-1';
  return { ...session, found: () => ({ list: list.now.cells !== undefined, handed: takeHanded() !== undefined, notices: notices.map((one) => one.text), brief: brief.at, draft: sessionStorage.getItem(draft) !== null }) };
}

const all = { list: true, handed: true, notices: ['XQ-1 is saved.'], brief: 'http://x/data/MYS.XQ-1', draft: true };
const nothing = { list: false, handed: false, notices: [], brief: '', draft: false };
/** The channel of the tab that was opened last, and what another tab says in it. */
class Channel {
  static last: Channel;
  onmessage: ((event: { data: object }) => void) | undefined;
  constructor() {
    Channel.last = this;
  }
  postMessage() {}
}
async function otherTab(data: object) {
  Channel.last.onmessage?.({ data });
  await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('what a reader had in a tab', () => {
  beforeEach(() => {
    steps.length = 0;
    vi.stubGlobal('BroadcastChannel', Channel);
    vi.stubGlobal('sessionStorage', storage({ [draft]: '{}' }));
    vi.stubGlobal('location', new URL('http://x/data/MYS.XQ-1'));
    vi.stubGlobal('history', { replaceState: (_: unknown, __: string, address: string) => steps.push(address) });
    vi.stubGlobal('fetch', (_: string, { method }: { method: string }) =>
      Promise.resolve(method === 'DELETE' ? ((here = nobody), new Response(null, { status: 204 })) : Response.json({ ...here, permissions: [], csrf: 'x' })),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is there as long as he is', async () => {
    const tab = await openTab(an);
    await tab.loadSession();
    expect(tab.found()).toEqual(all);
    expect(steps).toEqual([]);
  });

  it('is saved in this browser under his account, or without accounts under the reader', async () => {
    expect((await openTab(an)).shelfOwner()).toBe('an@MYS');
    expect((await openTab(bo)).shelfOwner()).toBe('bo@MYS');
    expect((await openTab({ door: 'sample', account: null, reader: 'MYS' })).shelfOwner()).toBe('MYS');
  });

  it('goes when he signs out, and so does the address', async () => {
    const tab = await openTab(an);
    await tab.leave();
    expect(tab.found()).toEqual(nothing);
    expect(steps).toEqual(['/']);
  });

  it('goes when he signs out in another tab', async () => {
    const tab = await openTab(an);
    here = nobody;
    await otherTab({ who: '', hasLeft: true });
    expect({ ...tab.found(), notices: [] }).toEqual(nothing);
    expect(tab.session.reader).toBe(null);
    expect(steps).toEqual(['/']);
  });

  it('waits for him when his session is over', async () => {
    const tab = await openTab(an);
    here = nobody;
    await otherTab({ who: '' });
    expect(tab.session.reader).toBe(null);
    here = an;
    await tab.enter({ name: 'an' });
    expect({ ...tab.found(), notices: all.notices }).toEqual(all);
    expect(steps).toEqual([]);
  });

  it('is not for another official of the same state who comes in after it is over', async () => {
    const tab = await openTab(an);
    here = nobody;
    await otherTab({ who: '' });
    here = bo;
    await tab.enter({ name: 'bo' });
    expect(tab.found()).toEqual(nothing);
    expect(steps).toEqual(['/']);
  });

  it('is not for another reader of the sample, who stays where he is', async () => {
    const tab = await openTab({ door: 'sample', account: null, reader: 'MYS' });
    here = { door: 'sample', account: null, reader: 'IDN' };
    await tab.enter({ as: 'IDN' });
    expect(tab.found()).toEqual(nothing);
    expect(steps).toEqual([]);
  });
});
