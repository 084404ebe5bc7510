// A table on its way into the registry: a dry run that says what would change, the same again before it counts, and the way
// back afterwards.
import { api, type ApiError, type Outcome, type Schemas } from '../../lib/api';
import { bodyOf, type RecordBody, type SeenRecord } from '../../lib/records';

export type Added = Schemas['Added'];
export type Difference = NonNullable<Added['differences']>[number];
export type Table = Record<string, string>[];

/** Of more changed records than this nobody waits for the way back; their past stands in the history. */
export const mostUndone = 200;

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function send(type: string, records: Table | RecordBody[], query: Record<string, string>, key?: string): Promise<Outcome<Added>> {
  return api.post('/api/v1/records', { records }, {
    query: { type, keep_release: 'yes', ...query } as object,
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  }) as Promise<Outcome<Added>>;
}

export function tryTable(type: string, records: Table): Promise<Outcome<Added>> {
  return send(type, records, { dry_run: 'yes' });
}

/** What a table would do to records that are there; names of new ones are drawn anew each time. */
const touched = (added: Added) => JSON.stringify((added.differences ?? []).filter((one) => one.change !== 'added'));

/** A record before it is changed. */
export interface Before {
  id: string;
  body: RecordBody;
}

export interface Written {
  added: Added;
  /** Identifiers of records that were not there. */
  fresh: string[];
  before: Before[];
  /** Too many to be undone here. */
  isLarge: boolean;
}

const changedMeanwhile: ApiError = { code: 'changed_meanwhile', message: '', details: [] };

async function inTurns<T, R>(list: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < list.length; at += 6) done.push(...(await Promise.all(list.slice(at, at + 6).map(work))));
  return done;
}

/**
 * Writes the table, if it would still do what was shown. `key` is of this very table: sent twice, it is written once.
 */
export async function writeTable(type: string, records: Table, shown: Added, why: string, key: string): Promise<Outcome<Written>> {
  const now = await tryTable(type, records);
  if (!now.ok) return now;
  if (touched(now.data) !== touched(shown)) return { ok: false, status: 409, error: changedMeanwhile };
  const changed = (shown.differences ?? []).filter((one) => one.change === 'changed').map((one) => one.id);
  const isLarge = changed.length > mostUndone;
  const seen = isLarge ? [] : await inTurns(changed, (id) => api.get('/api/v1/records/{id}', { params: { id } }));
  const before: Before[] = [];
  for (const one of seen) {
    if (!one.ok) return one;
    before.push({ id: (one.data as SeenRecord).id, body: bodyOf(one.data as SeenRecord) });
  }
  const written = await send(type, records, { why }, key);
  if (!written.ok) return written;
  const fresh = written.data.ids.filter((id) => !changed.includes(id));
  return { ok: true, etag: '', data: { added: written.data, fresh, before, isLarge: isLarge || fresh.length > mostUndone } };
}

/** Takes new records back, and writes what changed ones were before as their next version. */
export async function undoTable(type: string, written: Written, why: string): Promise<ApiError | undefined> {
  if (written.before.length > 0) {
    const outcome = await send(type, written.before.map((one) => ({ ...one.body, id: one.id })), { why });
    if (!outcome.ok) return outcome.error;
  }
  const problems = await inTurns(written.fresh, async (id) => {
    const seen = await api.get('/api/v1/records/{id}', { params: { id } });
    if (!seen.ok) return seen.error;
    const gone = await api.delete('/api/v1/records/{id}', { params: { id }, query: { why } as object, headers: { 'If-Match': seen.etag } });
    return gone.ok ? undefined : gone.error;
  });
  return problems.find((problem) => problem !== undefined);
}
