// A profile on its way into the registry: written for the own state alone, and then shown to whom its firm has chosen. Each
// step is known by its key, so that nothing is done twice when it is sent again after an answer was lost.
import { api, type ApiError, type Outcome, type Schemas } from '../../lib/api';
import { isRefused, releaseSurely } from '../../lib/release';

type Body = Record<string, string | number | boolean | string[]>;

export interface Entry {
  body: Body;
  /** Audiences of fields that fewer see, or less of them. */
  fields: Record<string, string>;
}

export interface Profile {
  firm: Entry;
  /** Without their maker, who is not there yet. */
  products: Entry[];
  /** Empty: nobody. */
  audience: string;
}

/** What was sent last, and under which key; empty: nothing that may be there. */
export interface Sent {
  text: string;
  key: string;
}
export const nothingSent: Sent = { text: '', key: '' };

export type Answer =
  | { ok: true; ids: string[]; proposals: number }
  /** Where `mayBeThere`, what was sent is kept: sent again, it is finished; another is sent, it is taken back first. */
  | { ok: false; error: ApiError; mayBeThere: boolean };

function add(type: string, records: Body[], key: string): Promise<Outcome<Schemas['Added']>> {
  return api.post('/api/v1/records', { records }, { query: { type } as object, headers: { 'Idempotency-Key': key } }) as Promise<Outcome<Schemas['Added']>>;
}

/** What of it is written, in the order in which it was; and what kept the rest from it. */
async function write({ firm, products }: Profile, key: string): Promise<{ ids: string[]; outcome: Outcome<unknown> }> {
  const added = await add('organisation', [firm.body], `${key}-firm`);
  if (!added.ok || products.length === 0) return { ids: added.ok ? added.data.ids : [], outcome: added };
  const maker = added.data.ids[0]!;
  const more = await add('product', products.map((product) => ({ ...product.body, maker })), `${key}-products`);
  return { ids: [maker, ...(more.ok ? more.data.ids : [])], outcome: more };
}

/** Shown to nobody until the last step: a field's own audience takes away from the record's and adds nothing to it. */
async function show(profile: Profile, ids: string[], key: string) {
  let proposals = 0;
  for (const [at, id] of ids.entries()) {
    const { fields } = [profile.firm, ...profile.products][at]!;
    for (const [field, release] of [...Object.entries(fields), ['', profile.audience] as const]) {
      const released = await releaseSurely({ id, field, release, key: `${key}-${id}-${field}` });
      if (!released.ok) return released;
      if (released.proposal !== undefined) proposals += 1;
    }
  }
  return { ok: true as const, proposals };
}

/** From everybody, the firm last. What somebody has taken back already is gone, too. */
export async function takeBack(ids: readonly string[]): Promise<ApiError | undefined> {
  for (const id of [...ids].reverse()) {
    const seen = await api.get('/api/v1/records/{id}', { params: { id } });
    if (!seen.ok && seen.status === 404) continue;
    const outcome = seen.ok ? await api.delete('/api/v1/records/{id}', { params: { id }, headers: { 'If-Match': seen.etag } }) : seen;
    if (!outcome.ok) return outcome.error;
  }
  return undefined;
}

/** What was sent before may be there, although its answer was lost: it is written to the end, and taken back. */
async function clear(sent: Sent): Promise<ApiError | undefined> {
  if (!sent.key) return undefined;
  const { ids, outcome } = await write(JSON.parse(sent.text) as Profile, sent.key);
  if (!outcome.ok && !isRefused(outcome)) return outcome.error;
  return takeBack(ids);
}

/** `keep` hears what is under way before anything is sent, and `nothingSent` once nothing of it can be there. */
export async function sendProfile(profile: Profile, before: Sent, newKey: () => string, keep: (sent: Sent) => void): Promise<Answer> {
  const text = JSON.stringify(profile);
  if (text !== before.text) {
    const problem = await clear(before);
    if (problem) return { ok: false, error: problem, mayBeThere: true };
  }
  const sent = text === before.text ? before : { text, key: newKey() };
  keep(sent);
  const { ids, outcome } = await write(profile, sent.key);
  const shown = outcome.ok && profile.audience ? await show(profile, ids, sent.key) : { ok: true as const, proposals: 0 };
  if (outcome.ok && shown.ok) {
    keep(nothingSent);
    return { ok: true, ids, proposals: shown.proposals };
  }
  const error = !outcome.ok ? outcome.error : !shown.ok ? shown.error : undefined;
  const isKnown = !outcome.ok ? isRefused(outcome) : !shown.ok && shown.isKnown;
  // A firm without the products that it was to have, or without those who were to see it, is not left behind.
  const isGone = isKnown && (await takeBack(ids)) === undefined;
  if (isGone) keep(nothingSent);
  return { ok: false, error: error!, mayBeThere: !isGone };
}
