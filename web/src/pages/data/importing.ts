// A table on its way into the registry: a dry run that says what would change, the same again before it counts, and the way
// back afterwards.
import { api, type ApiError, type Outcome, type Schemas } from '../../lib/api';
import { bodyOf, type RecordBody, type SeenRecord } from '../../lib/records';

export type Added = Schemas['Added'];
export type Difference = NonNullable<Added['differences']>[number];
export type Table = Record<string, string>[];

/** Records that are written back in one request. */
const atOnce = 500;

/** Hears how far something is, from 0 to 1, and says whether it goes on. */
export type Going = (part: number) => boolean;
const always: Going = () => true;

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A key for each text that is sent: the same text again, after an answer that was lost, is written once. */
export function keyOfText(): (text: string) => string {
  let [sent, key] = ['', newKey()];
  return (text) => {
    if (text !== sent) [sent, key] = [text, newKey()];
    return key;
  };
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
}

const changedMeanwhile: ApiError = { code: 'changed_meanwhile', message: '', details: [] };

/** One after the other, six at a time; what is done when it is stopped stays done. */
export async function inTurns<T, R>(list: T[], work: (one: T) => Promise<R>, going: Going = always): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < list.length && going(at / list.length); at += 6) done.push(...(await Promise.all(list.slice(at, at + 6).map(work))));
  return done;
}

/**
 * Writes the table, if it would still do what was shown. `key` is of this very table: sent twice, it is written once.
 */
export async function writeTable(type: string, records: Table, shown: Added, why: string, key: string, going: Going = always): Promise<Outcome<Written>> {
  const now = await tryTable(type, records);
  if (!now.ok) return now;
  if (touched(now.data) !== touched(shown)) return { ok: false, status: 409, error: changedMeanwhile };
  const changed = (shown.differences ?? []).filter((one) => one.change === 'changed').map((one) => one.id);
  const seen = await inTurns(changed, (id) => api.get('/api/v1/records/{id}', { params: { id } }), going);
  const before: Before[] = [];
  for (const one of seen) {
    if (!one.ok) return one;
    before.push({ id: (one.data as SeenRecord).id, body: bodyOf(one.data as SeenRecord) });
  }
  const written = await send(type, records, { why }, key);
  if (!written.ok) return written;
  const fresh = written.data.ids.filter((id) => !changed.includes(id));
  return { ok: true, etag: '', data: { added: written.data, fresh, before } };
}

export interface Undone {
  error: ApiError | undefined;
  /** What is still to be taken back, because it was stopped or something went wrong. */
  left: Written | undefined;
}

/** Takes new records back, and writes what changed ones were before as their next version. */
export async function undoTable(type: string, written: Written, why: string, going: Going = always): Promise<Undone> {
  const all = written.before.length + written.fresh.length;
  for (let at = 0; at < written.before.length; at += atOnce) {
    const left = () => ({ ...written, before: written.before.slice(at) });
    if (!going(at / all)) return { error: undefined, left: left() };
    const outcome = await send(type, written.before.slice(at, at + atOnce).map((one) => ({ ...one.body, id: one.id })), { why });
    if (!outcome.ok) return { error: outcome.error, left: left() };
  }
  const gone = new Set<string>();
  let error: ApiError | undefined;
  await inTurns(written.fresh, async (id) => {
    const seen = await api.get('/api/v1/records/{id}', { params: { id } });
    // Whoever took it back already has done what is wanted.
    if (!seen.ok && seen.status === 404) return gone.add(id);
    if (!seen.ok) return (error ??= seen.error);
    const taken = await api.delete('/api/v1/records/{id}', { params: { id }, query: { why } as object, headers: { 'If-Match': seen.etag } });
    return taken.ok ? gone.add(id) : (error ??= taken.error);
  }, (part) => error === undefined && going((written.before.length + part * written.fresh.length) / all));
  const fresh = written.fresh.filter((id) => !gone.has(id));
  return { error, left: fresh.length > 0 ? { ...written, before: [], fresh } : undefined };
}
