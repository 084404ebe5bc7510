// What firms and states say of each other's records: that they are interested, and that a record is theirs.
import { api, type Outcome } from '../../../lib/api';
import { loadMessages, t } from '../../../lib/i18n.svelte';
import { saidOf } from '../../../lib/problem';
import { bodyOf, type RecordBody, type SeenRecord } from '../../../lib/records';
import { isOnOwnersSide } from '../../../lib/session.svelte';
import { toast } from '../../../lib/toast.svelte';
import { tellWritten } from '../../../lib/written.svelte';

/** What somebody can be interested in: what is asked for, and what is offered. */
export const soughtTypes = ['demand', 'procurement', 'project', 'product', 'third-party-supplier'];

export const outcomes = ['waiting', 'talks', 'offer made', 'contract', 'nothing came of it'];

export const today = () => new Date().toISOString().slice(0, 10);

export function text(record: SeenRecord, key: string): string {
  const value = record.fields[key];
  return typeof value === 'string' ? value : '';
}

/** An identifier begins with its owner and a dot. */
export const ownerOf = (id: string) => id.split('.', 1)[0] ?? '';

export const outcomeOf = (interest: SeenRecord) => text(interest, 'outcome') || 'waiting';

/** All that the reader sees of a type, or those that have `id` in a field. */
export async function askRecords(type: string, field = '', id = '', signal?: AbortSignal): Promise<Outcome<SeenRecord[]>> {
  const query = { type, ...(field ? { field: `${field}:${id}` } : {}), limit: 200 } as object;
  const [outcome] = await Promise.all([api.get('/api/v1/records', { query, ...(signal ? { signal } : {}) }), loadMessages('firm')]);
  if (!outcome.ok) return outcome;
  // Words are looked for; what is meant is the one record.
  const records = (outcome.data.records as SeenRecord[]).filter((record) => !field || record.fields[field] === id);
  return { ok: true, etag: '', data: records };
}

/** The next version of a record, from what it is now. */
export async function change(id: string, to: (body: RecordBody, now: SeenRecord) => RecordBody, why: string): Promise<Outcome<unknown>> {
  const now = await api.get('/api/v1/records/{id}', { params: { id } });
  if (!now.ok) return now;
  const record = now.data as SeenRecord;
  return api.put('/api/v1/records/{id}', to(bodyOf(record), record), { params: { id }, query: { why } as object, headers: { 'If-Match': now.etag } });
}

export async function withdraw(id: string): Promise<boolean> {
  const now = await api.get('/api/v1/records/{id}', { params: { id } });
  const outcome = now.ok ? await api.delete('/api/v1/records/{id}', { params: { id }, query: { why: t('firm.undo.why') } as object, headers: { 'If-Match': now.etag } }) : now;
  if (!outcome.ok) toast(saidOf(outcome.error), { isBad: true });
  tellWritten();
  return outcome.ok;
}

export async function takeBack(id: string): Promise<void> {
  if (await withdraw(id)) toast(t('firm.undone'));
}

/** Numbers are written with and without blanks, dots and dashes. */
export function isSameNumber(one: string, other: string): boolean {
  const plain = (number: string) => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return plain(one) !== '' && plain(one) === plain(other);
}

/** Interests in records of the reader's, of which it is not known what came of them. */
export function openInterests(interests: SeenRecord[], state: string): SeenRecord[] {
  return interests.filter((one) => ownerOf(text(one, 'about')) === state && outcomeOf(one) === 'waiting' && !(one.owner === state && !one.organisation));
}

/** Interests of own firms in records of other states: it is for the state to show them. */
export function interestsOfFirms(interests: SeenRecord[], state: string): SeenRecord[] {
  return interests.filter((one) => one.owner === state && one.organisation && text(one, 'about') && ownerOf(text(one, 'about')) !== state && outcomeOf(one) === 'waiting');
}

export function openClaims(claims: SeenRecord[]): SeenRecord[] {
  return claims.filter((one) => isOnOwnersSide(one) && text(one, 'answer') === '');
}
