// What was done although its answer was lost: nothing is done twice, and nothing is denied that happened.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { releaseSurely } from '../../src/lib/release';
import { nothingSent, sendProfile, takeBack, type Answer, type Profile, type Sent } from '../../src/pages/profile/send';

interface Kept {
  name: string;
  maker: string | undefined;
  record: string;
  fields: Record<string, string>;
}

/** A registry as the server keeps it: requests with a key are carried out once. */
let records: Map<string, Kept>;
let answered: Map<string, string>;
let steps: string[];
/** The step whose answer does not come, and whether it is carried out. */
let lost: { step: RegExp; isDone: boolean } | undefined;
let refused: RegExp | undefined;
let hasFourEyes = false;

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ETag: '"1"' } });
const problem = (code: string, status: number) => json({ error: { code, message: code } }, status);

function carryOut(method: string, path: string, body: string | null): Response {
  const id = /records\/([^/?]+)/.exec(path)?.[1] ?? '';
  const kept = records.get(id);
  if (id && !kept) return problem('not_found', 404);
  if (method === 'DELETE') return records.delete(id), new Response(null, { status: 204 });
  if (method === 'GET') return json(path.endsWith('/release') ? { record: kept!.record, fields: kept!.fields, label: '' } : { id });
  const said = JSON.parse(body!) as { field: string; release: string; records: Record<string, string>[] };
  if (kept && said.field) kept.fields[said.field] = said.release;
  else if (kept && hasFourEyes) return json({ proposal: 7 }, 202);
  else if (kept) kept.record = said.release;
  if (kept) return json({ saved: true });
  const ids = said.records.map((one) => {
    const fresh = `MYS.${records.size + 1}`;
    records.set(fresh, { name: one['name']!, maker: one['maker'], record: '', fields: {} });
    return fresh;
  });
  return json({ ids }, 201);
}

async function answer(path: string, { method, headers, body }: { method: string; headers: Record<string, string>; body: string | null }): Promise<Response> {
  const step = `${method} ${path} ${body ?? ''}`;
  steps.push(step);
  if (refused?.test(step)) return problem('invalid_argument', 400);
  const isLost = lost?.step.test(step);
  if (isLost && !lost!.isDone) throw new TypeError('no line');
  const key = headers['Idempotency-Key'];
  const before = key ? answered.get(key) : undefined;
  const response = before === undefined ? carryOut(method, path, body) : json(JSON.parse(before));
  if (key && before === undefined && response.ok) answered.set(key, await response.clone().text());
  if (isLost) throw new TypeError('no line');
  return response;
}

const profile = (name: string): Profile => ({
  audience: 'ASEAN',
  firm: { body: { name }, fields: {} },
  products: [{ body: { name: 'hull' }, fields: { price: 'ASEAN:generalised' } }],
});

let sent: Sent;
let keys = 0;
const send = (one: Profile): Promise<Answer> => sendProfile(one, sent, () => `k${(keys += 1)}`, (now) => (sent = now));
const seen = () => [...records.values()].map((one) => `${one.name}: ${one.record}${Object.entries(one.fields).map(([field, grants]) => ` ${field} ${grants}`)}`);
const whole = ['A: ASEAN', 'hull: ASEAN price ASEAN:generalised'];

beforeEach(() => {
  [records, answered, steps, lost, refused, hasFourEyes, sent] = [new Map(), new Map(), [], undefined, undefined, false, nothingSent];
  vi.stubGlobal('fetch', answer);
});
afterEach(() => vi.unstubAllGlobals());

describe('a profile', () => {
  it('is written for the own state alone before anybody sees it, its price as a band first', async () => {
    expect(await send(profile('A'))).toEqual({ ok: true, ids: ['MYS.1', 'MYS.2'], proposals: 0 });
    expect(seen()).toEqual(whole);
    expect(records.get('MYS.2')?.maker).toBe('MYS.1');
    expect(steps.map((step) => /type=\w+|"field":"\w*"/.exec(step)?.[0])).toEqual(['type=organisation', 'type=product', '"field":""', '"field":"price"', '"field":""']);
    expect(sent).toEqual(nothingSent);
  });

  it.each([
    ['the firm', /type=organisation/],
    ['its products', /type=product/],
    ['a release', /"field":"","release":"ASEAN"|GET .*release/],
  ])('is there once when the answer about %s is lost and it is sent again', async (_, step) => {
    for (const isDone of [true, false]) {
      records.clear();
      lost = { step, isDone };
      expect(await send(profile('A'))).toMatchObject({ ok: false, mayBeThere: true });
      lost = undefined;
      expect(await send(profile('A'))).toMatchObject({ ok: true });
      expect(seen()).toEqual(whole);
    }
  });

  it('is taken back before another is sent in its place', async () => {
    lost = { step: /type=organisation/, isDone: true };
    await send(profile('A'));
    lost = undefined;
    expect(await send(profile('B'))).toMatchObject({ ok: true });
    expect(seen()).toEqual(['B: ASEAN', whole[1]]);
  });

  it('that is refused is not left behind in part', async () => {
    refused = /type=product/;
    expect(await send(profile('A'))).toMatchObject({ ok: false, mayBeThere: false });
    expect([seen(), sent]).toEqual([[], nothingSent]);
    refused = /"field":"price"/;
    expect(await send(profile('A'))).toMatchObject({ ok: false, mayBeThere: false });
    expect(seen()).toEqual([]);
  });

  it('waits for a second pair of eyes where there are accounts', async () => {
    hasFourEyes = true;
    expect(await send(profile('A'))).toMatchObject({ ok: true, proposals: 2 });
    expect(seen()).toEqual(['A: ', 'hull:  price ASEAN:generalised']);
  });

  it('is taken back as a whole, and says when it is not', async () => {
    await send(profile('A'));
    lost = { step: /DELETE/, isDone: false };
    expect(await takeBack(['MYS.1', 'MYS.2'])).toMatchObject({ code: 'unreachable' });
    lost = { step: /DELETE .*MYS.1/, isDone: true };
    expect(await takeBack(['MYS.1', 'MYS.2'])).toMatchObject({ code: 'unreachable' });
    expect(await takeBack(['MYS.1', 'MYS.2'])).toBe(undefined);
    expect(seen()).toEqual([]);
  });
});

describe('a release whose answer is lost', () => {
  const wish = { id: 'MYS.1', release: 'IDN;ASEAN' };
  beforeEach(() => void records.set('MYS.1', { name: 'A', maker: undefined, record: '', fields: {} }));

  it('is what the record says, where it says so', async () => {
    lost = { step: /POST .*release/, isDone: true };
    expect(await releaseSurely(wish)).toEqual({ ok: true, proposal: undefined });
    expect(records.get('MYS.1')?.record).toBe('IDN;ASEAN');
  });

  it('is not known where the record does not say so, or nothing answers', async () => {
    lost = { step: /POST .*release/, isDone: false };
    expect(await releaseSurely(wish)).toMatchObject({ ok: false, isKnown: false });
    lost = { step: /release/, isDone: true };
    expect(await releaseSurely(wish)).toMatchObject({ ok: false, isKnown: false });
  });

  it('is known not to be there where the server says no', async () => {
    refused = /POST/;
    expect(await releaseSurely(wish)).toMatchObject({ ok: false, isKnown: true });
  });
});
