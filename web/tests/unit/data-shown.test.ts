import { afterEach, describe, expect, it, vi } from 'vitest';
import { mostRequests, readShown, type Shown } from '../../src/pages/data/shown';

interface Entry {
  number: number;
  at: string;
  kind: string;
  record: string;
  reader: string;
}

/** A log of so many entries, in which `special` stand at their numbers; it answers as the server does. */
function stubLog(count: number, special: Record<number, Partial<Entry>>, failsAt = Infinity) {
  let requests = 0;
  vi.stubGlobal('fetch', (path: string) => {
    requests += 1;
    if (requests >= failsAt) return Promise.reject(new TypeError('no line'));
    const query = new URL(path, 'http://x').searchParams;
    const end = Math.min(count, Number(query.get('before') ?? count + 1) - 1);
    const start = Math.max(1, end - Number(query.get('limit')) + 1);
    const entries = Array.from({ length: end - start + 1 }, (_, at) => ({ number: start + at, at: `at ${start + at}`, kind: 'shown', record: 'MYS.other', reader: 'THA', ...special[start + at] }));
    return Promise.resolve(Response.json({ entries }));
  });
}

const read = async (heard: Shown[] = []) => {
  const outcome = await readShown('MYS.radio', 'MYS', new AbortController().signal, (so) => heard.push(so));
  return outcome.ok ? outcome.data : outcome.error.code;
};

describe('who has been shown a record', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('stands in the log before its last thousand entries, too', async () => {
    stubLog(2500, { 1: { record: 'MYS.radio', reader: 'IDN' }, 1500: { record: 'MYS.radio', kind: 'exported', reader: 'BRN' }, 2000: { record: 'MYS.radio', reader: 'MYS' }, 2001: { record: 'MYS.radio', kind: 'written' } });
    const heard: Shown[] = [];
    expect(await read(heard)).toEqual({ readers: ['BRN', 'IDN'], entries: 2500, since: 'at 1', isAll: true });
    expect(heard.map((one) => [one.entries, one.readers, one.isAll])).toEqual([[1000, [], false], [2000, ['BRN'], false], [2500, ['BRN', 'IDN'], true]]);
  });

  it.each([0, 999, 1000, 2000])('is nobody in a log of %i entries of others', async (count) => {
    stubLog(count, {});
    expect(await read()).toMatchObject({ readers: [], entries: count, isAll: true });
  });

  it('is not said of entries that were not read', async () => {
    stubLog(2500, { 1: { record: 'MYS.radio', reader: 'IDN' } }, 3);
    expect(await read()).toEqual({ readers: [], entries: 2000, since: 'at 501', isAll: false });
    stubLog((mostRequests + 1) * 1000, {});
    expect(await read()).toMatchObject({ entries: mostRequests * 1000, isAll: false });
    stubLog(10, {}, 1);
    expect(await read()).toBe('unreachable');
  });
});
