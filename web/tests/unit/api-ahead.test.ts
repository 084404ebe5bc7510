// What is asked before the page is there: given out once, to the reader who asked, and to nobody who comes after.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAhead, request, setCsrf } from '../../src/lib/api';

const address = '/api/v1/analyses/items';
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  setCsrf(null);
  vi.stubGlobal('fetch', (where: string) => {
    asked.push(where);
    return Promise.resolve(new Response(JSON.stringify({ answer: asked.length }), { headers: { 'Content-Type': 'application/json' } }));
  });
});
afterEach(() => {
  setCsrf(null);
  vi.unstubAllGlobals();
});

const answerOf = async () => {
  const outcome = await request<{ answer: number }>('GET', address);
  return outcome.ok ? outcome.data.answer : 'an error';
};

describe('a question that was asked ahead', () => {
  it('is not asked again, and is given out once', async () => {
    askAhead([address]);
    expect(await answerOf()).toBe(1);
    expect(await answerOf()).toBe(2);
    expect(asked).toEqual([address, address]);
  });

  it('is forgotten when somebody else reads', async () => {
    askAhead([address]);
    setCsrf('of another');
    expect(await answerOf()).toBe(2);
  });

  it('is no answer to a request that changes something', async () => {
    askAhead([address]);
    await request('POST', address, {});
    expect(asked).toHaveLength(2);
  });

  it('that failed is said by who wants it', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no line')));
    askAhead([address]);
    const outcome = await request('GET', address);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'unreachable' } });
  });
});
