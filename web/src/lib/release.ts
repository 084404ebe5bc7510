// A release that was agreed to, and what is known of it where its answer is lost: the record is asked then.
import { api, type ApiError, type Schemas } from './api';

export interface ReleaseWish {
  id: string;
  /** Empty: the record. */
  field?: string;
  release: string;
  why?: string | undefined;
  basis?: string | undefined;
  /** Sent again with it, it is carried out once. */
  key?: string | undefined;
}

export type Released =
  /** With a proposal it waits for a second pair of eyes. */
  | { ok: true; proposal: number | undefined }
  /** Where `isKnown` is false it may have been carried out, or may still be. */
  | { ok: false; error: ApiError; isKnown: boolean };

const grantsOf = (text: string) => text.split(';').filter(Boolean).sort().join(';');

async function isReleased({ id, field = '', release }: ReleaseWish): Promise<boolean> {
  const now = await api.get('/api/v1/records/{id}/release', { params: { id } });
  if (!now.ok) return false;
  const fields: Record<string, string> = { '': now.data.record, owners_side: now.data.owners_side, ...now.data.fields };
  const grants = fields[field];
  return grants !== undefined && grantsOf(grants) === grantsOf(release);
}

export async function releaseSurely(wish: ReleaseWish): Promise<Released> {
  const { id, field = '', release, why, basis, key } = wish;
  const outcome = await api.post('/api/v1/records/{id}/release', { field, release, confirm: true, basis }, {
    params: { id },
    query: { why: why?.trim() || undefined } as object,
    ...(key ? { headers: { 'Idempotency-Key': key } } : {}),
  });
  if (outcome.ok) return { ok: true, proposal: (outcome.data as Schemas['ReleaseAnswer']).proposal };
  if (isRefused(outcome)) return { ok: false, error: outcome.error, isKnown: true };
  if (await isReleased(wish)) return { ok: true, proposal: undefined };
  return { ok: false, error: outcome.error, isKnown: false };
}

/** Whether the server said no: nothing was done. Without an answer, or while the first request is still at work, that is not known. */
export function isRefused({ status, error }: { status: number; error: ApiError }): boolean {
  return status >= 400 && status < 500 && error.code !== 'running';
}
