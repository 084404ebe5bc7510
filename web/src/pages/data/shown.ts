// Who has been shown a record, by the audit log: read from its end back to its beginning, or as far as is said.
import { api, type Outcome } from '../../lib/api';

export interface Shown {
  readers: string[];
  /** How many entries were looked at, and when the first of them was written; empty: there are none. */
  entries: number;
  since: string;
  /** Whether these are all that there are. */
  isAll: boolean;
}

const atOnce = 1000;
/** Nobody waits for more requests before he takes something back. */
export const mostRequests = 50;

/** `hear` is told of all that is known so far. An error after the first request ends the reading, and not what was read. */
export async function readShown(record: string, own: string | null, signal: AbortSignal, hear: (so: Shown) => void): Promise<Outcome<Shown>> {
  const readers = new Set<string>();
  let shown: Shown = { readers: [], entries: 0, since: '', isAll: false };
  let before: number | undefined;
  for (let request = 0; request < mostRequests && !shown.isAll; request += 1) {
    const outcome = await api.get('/api/v1/audit/entries', { query: { limit: atOnce, ...(before === undefined ? {} : { before }) }, signal });
    if (!outcome.ok && request === 0) return outcome;
    if (!outcome.ok) break;
    const { entries } = outcome.data;
    for (const { kind, record: about, reader } of entries) {
      if (about === record && (kind === 'shown' || kind === 'exported') && reader && reader !== own) readers.add(reader);
    }
    before = entries[0]?.number;
    shown = { readers: [...readers].sort(), entries: shown.entries + entries.length, since: entries[0]?.at ?? shown.since, isAll: entries.length < atOnce };
    hear(shown);
  }
  return { ok: true, etag: '', data: shown };
}
