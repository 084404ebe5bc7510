// The API of `adic serve`, typed by its OpenAPI document (api-types.d.ts, `make web-types`).
import type { components, paths } from './api-types';

export type Schemas = components['schemas'];

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsOf<V extends Verb> = {
  [P in keyof paths]: paths[P] extends { [K in V]: object } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, V extends Verb> = paths[P] extends { [K in V]: infer O } ? O : never;
type JsonOf<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type Answer<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 202 | 204 ? JsonOf<R[S]> : never }[keyof R]
  : never;
type PathWords<O> = O extends { parameters: { path: infer W } } ? W : undefined;
type QueryWords<O> = O extends { parameters: { query?: infer Q } } ? Exclude<Q, undefined> : never;
type Repeatable<Q> = { [K in keyof Q]?: Q[K] | Q[K][] | undefined };

/** What went wrong, as the server says it; `details` are problems by row and column of a table. */
export interface ApiError {
  code: string;
  message: string;
  details: TableProblem[];
}

export interface TableProblem {
  rule?: string;
  row?: number;
  column?: string;
  value?: string;
  message?: string;
}

export type Outcome<T> =
  | { ok: true; data: T; etag: string }
  | { ok: false; error: ApiError; status: number };

interface Extras {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}
interface Options<O> extends Extras {
  params?: PathWords<O>;
  query?: Repeatable<QueryWords<O>>;
}

let csrf: string | null = null;
let signedOut: () => void = () => {};
let renew: () => Promise<boolean> = () => Promise.resolve(false);

/** The session says what to send with requests that change something, and hears when it is over. */
export function setCsrf(value: string | null): void {
  csrf = value;
  ahead.clear();
}

/** What has been asked and not been wanted yet: of this reader alone, and forgotten when somebody else reads. */
const ahead = new Map<string, Promise<Response>>();
/** A page that has not wanted an answer by then does not. */
const keptFor = 10_000;

/** Asks what a page is going to ask, while its code is still on the way. An answer is given out once. */
export function askAhead(addresses: readonly string[]): void {
  for (const address of addresses) {
    const asked = fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    asked.catch(() => undefined); // who wants it hears of it
    ahead.set(address, asked);
  }
  setTimeout(() => ahead.clear(), keptFor);
}

function takeAhead(method: string, address: string, extras: Extras): Promise<Response> | undefined {
  const asked = method === 'GET' && !extras.headers ? ahead.get(address) : undefined;
  ahead.delete(address);
  return asked;
}

export function whenSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** Asked when the server does not know the session that was sent: whether the same reader has come in anew. */
export function whenOutOfDate(listener: () => Promise<boolean>): void {
  renew = listener;
}

type QueryValue = string | number | boolean | null | undefined;

/** The address with its words in braces filled in and its query. */
export function addressOf(
  path: string,
  params: Record<string, string | number> = {},
  query: Record<string, QueryValue | QueryValue[]> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, word: string) => encodeURIComponent(String(params[word] ?? '')));
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') words.append(name, String(one));
    }
  }
  const text = words.toString();
  return text ? `${filled}?${text}` : filled;
}

async function errorOf(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as { error: { code: string; message: string; problems?: TableProblem[] } };
    return { code: body.error.code, message: body.error.message, details: body.error.problems ?? [] };
  } catch {
    return { code: 'unreadable', message: `${response.status} ${response.statusText}`, details: [] };
  }
}

/** Nobody waits longer for an answer. What takes longer is a job. */
const mostWaited = 60_000;
/** A file on a slow line takes its time: so many bytes a second are still waited for. */
const slowest = 8_000;

const sizeOf = (body: BodyInit | null) => (typeof body === 'string' ? body.length : body instanceof Blob ? body.size : 0);

/** Fetches with a limit of time. Throws where it was called off, with the reason 'timeout' where that was us. */
async function fetchInTime(address: string, init: RequestInit & { body: BodyInit | null }, waiting?: Promise<Response>): Promise<Response> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort('timeout'), mostWaited + (sizeOf(init.body) / slowest) * 1000);
  const outside = init.signal;
  const callOff = () => limit.abort();
  outside?.addEventListener('abort', callOff);
  if (outside?.aborted) limit.abort();
  const isOver = new Promise<never>((_, reject) => limit.signal.addEventListener('abort', () => reject(limit.signal.reason)));
  isOver.catch(() => undefined);
  try {
    return await Promise.race([waiting ?? fetch(address, { ...init, signal: limit.signal, credentials: 'same-origin' }), isOver]);
  } finally {
    clearTimeout(timer);
    outside?.removeEventListener('abort', callOff);
  }
}

/** What kept an answer from coming. Throws on where the asker called it off. */
function notAnswered(problem: unknown, signal?: AbortSignal): { ok: false; error: ApiError; status: number } {
  if (signal?.aborted) throw problem;
  return { ok: false, status: 0, error: { code: problem === 'timeout' ? 'timeout' : 'unreachable', message: '', details: [] } };
}

/** Asks; never throws but where it was called off. A body that is no string or Blob goes as JSON. */
export async function request<T>(method: string, address: string, body?: unknown, extras: Extras = {}, isRepeated = false): Promise<Outcome<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...extras.headers };
  const isRaw = typeof body === 'string' || body instanceof Blob;
  if (body !== undefined && !isRaw) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['X-Adic-CSRF'] = csrf;
  const sent = body === undefined ? null : isRaw ? (body as BodyInit) : JSON.stringify(body);
  try {
    const response = await fetchInTime(address, { method, headers, body: sent, signal: extras.signal ?? null }, takeAhead(method, address, extras));
    if (!response.ok) {
      const error = await errorOf(response);
      if (response.status === 401 && error.code === 'unauthorised') signedOut();
      // Who signed in anew in another tab is the same reader with another session: nothing was done, so it is asked again.
      if (error.code === 'csrf' && !isRepeated && (await renew())) return await request<T>(method, address, body, extras, true);
      return { ok: false, status: response.status, error };
    }
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
    const data = (response.status === 204 ? undefined : isJson ? await response.json() : await response.text()) as T;
    return { ok: true, data, etag: response.headers.get('ETag') ?? '' };
  } catch (problem) {
    return notAnswered(problem, extras.signal);
  }
}

/** Asks for a file: its bytes, and the name that the server gives it. */
export async function requestFile(method: string, address: string, body?: unknown): Promise<Outcome<{ file: Blob; name: string }>> {
  const headers = { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(method !== 'GET' && csrf ? { 'X-Adic-CSRF': csrf } : {}) };
  try {
    const response = await fetchInTime(address, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    if (!response.ok) return { ok: false, status: response.status, error: await errorOf(response) };
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file';
    return { ok: true, etag: '', data: { file: await response.blob(), name } };
  } catch (problem) {
    return notAnswered(problem);
  }
}

type Query = Record<string, QueryValue | QueryValue[]>;
type Params = Record<string, string | number>;

function send<P extends keyof paths, V extends Verb>(method: V) {
  return (path: P, options: Options<Operation<P, V>> = {}, body?: unknown): Promise<Outcome<Answer<Operation<P, V>>>> =>
    request(
      method.toUpperCase(),
      addressOf(path, options.params as Params | undefined, options.query as Query | undefined),
      body,
      options,
    );
}

export const api = {
  get: <P extends PathsOf<'get'>>(path: P, options: Options<Operation<P, 'get'>> = {}) => send<P, 'get'>('get')(path, options),
  /** `body` undefined: none is sent; the server takes none at addresses that have no use for one. */
  post: <P extends PathsOf<'post'>>(path: P, body: unknown, options: Options<Operation<P, 'post'>> = {}) =>
    send<P, 'post'>('post')(path, options, body),
  put: <P extends PathsOf<'put'>>(path: P, body: unknown, options: Options<Operation<P, 'put'>> = {}) =>
    send<P, 'put'>('put')(path, options, body ?? {}),
  patch: <P extends PathsOf<'patch'>>(path: P, body: unknown, options: Options<Operation<P, 'patch'>> = {}) =>
    send<P, 'patch'>('patch')(path, options, body ?? {}),
  delete: <P extends PathsOf<'delete'>>(path: P, options: Options<Operation<P, 'delete'>> = {}) =>
    send<P, 'delete'>('delete')(path, options),

  /** An analysis that answers at once, on what the reader sees. Its tables are members of the answer. */
  analysis: <T>(name: string, query: Query = {}, extras: Extras = {}): Promise<Outcome<T & { notes: Schemas['Sentence'][] }>> =>
    request('GET', addressOf('/api/v1/analyses/{name}', { name }, query), undefined, extras),
};

/** A number that an analysis gives: known exactly, or low, likely and high; null: not known. */
export interface Estimate {
  low: number;
  likely: number;
  high: number;
}

export type Job = Schemas['Job'];

/**
 * Follows a job by the events of the server until it is over; `onProgress` hears of each step.
 * Where events do not come through (a proxy that holds them back), asks once a second.
 */
export function followJob(id: string, onProgress: (job: Job) => void, signal?: AbortSignal): Promise<Outcome<Job>> {
  const isOver = (job: Job) => job.state === 'done' || job.state === 'failed' || job.state === 'stopped';
  const ask = () => api.get('/api/v1/jobs/{id}', { params: { id } });

  return new Promise((resolve) => {
    const events = new EventSource(addressOf('/api/v1/jobs/{id}/events', { id }));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const finish = (outcome: Outcome<Job>) => {
      events.close();
      clearTimeout(timer);
      resolve(outcome);
    };
    const look = async () => {
      const outcome = await ask();
      if (!outcome.ok) return finish(outcome);
      onProgress(outcome.data);
      if (isOver(outcome.data)) return finish(outcome);
      timer = setTimeout(look, 1000);
    };
    const hear = (event: MessageEvent<string>) => {
      let job: Job;
      try {
        job = JSON.parse(event.data) as Job;
      } catch {
        return;
      }
      onProgress(job);
      if (isOver(job)) void ask().then(finish);
    };
    events.addEventListener('job', hear as EventListener);
    events.onerror = () => {
      events.close();
      if (timer === undefined) void look();
    };
    signal?.addEventListener('abort', () =>
      finish({ ok: false, status: 0, error: { code: 'called_off', message: '', details: [] } }),
    );
  });
}
