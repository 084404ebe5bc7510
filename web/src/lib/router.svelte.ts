// Addresses: /PAGE/WORD/WORD?name=value. The overview is at /. Pages are listed in pages/index.ts.

export interface Route {
  page: string;
  params: string[];
  query: Record<string, string>;
}

export const home = 'overview';

export function parseAddress(path: string, search: string): Route {
  const words = path.split('/').filter(Boolean).map(safeDecode);
  return {
    page: words[0] ?? home,
    params: words.slice(1),
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

function safeDecode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

type QueryValues = Record<string, string | number | boolean | null | undefined>;

/** The address of a page; empty values of the query are left out. */
export function href(page: string, params: (string | number)[] = [], query: QueryValues = {}): string {
  const path = page === home && params.length === 0 ? '/' : `/${[page, ...params].map((word) => encodeURIComponent(word)).join('/')}`;
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) words.set(name, String(value));
  }
  const text = words.toString();
  return text ? `${path}?${text}` : path;
}

/** Where the reader is. Read it in components: it changes as the address does. */
export const route: Route = $state(
  typeof location === 'undefined' ? { page: home, params: [], query: {} } : parseAddress(location.pathname, location.search),
);

function take(address: string): void {
  const url = new URL(address, location.href);
  Object.assign(route, parseAddress(url.pathname, url.search));
}

let mayLeave: () => boolean = () => true;

/** Asked before a page is left for another, not when its own view changes. */
export function whenLeaving(ask: () => boolean): void {
  mayLeave = ask;
}

const placeOf = ({ page, params }: Pick<Route, 'page' | 'params'>) => `${page}/${params.join('/')}`;

/** Whether the reader goes there: it is the same page, or he agrees. */
function agrees(address: string): boolean {
  const url = new URL(address, location.href);
  return placeOf(parseAddress(url.pathname, url.search)) === placeOf(route) || mayLeave();
}

/** Goes to an address of ours. `replace` leaves no step in the history: for filters as they are typed. */
export function go(address: string, how: { replace?: boolean; isAgreed?: boolean } = {}): void {
  if (!how.isAgreed && !agrees(address)) return;
  if (how.replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  const before = placeOf(route);
  take(address);
  if (!how.replace && before !== placeOf(route)) window.scrollTo(0, 0);
}

/** Changes words of the query and stays on the page. */
export function setQuery(changes: QueryValues, how: { replace?: boolean } = { replace: true }): void {
  go(href(route.page, [...route.params], { ...route.query, ...changes }), how);
}

/** Links of the page are followed without asking the server for a new one. */
export function startRouter(isOurs: (page: string) => boolean): void {
  addEventListener('popstate', () => {
    if (agrees(location.href)) return take(location.href);
    // The browser has gone already: the page that stays gets its address back.
    history.pushState(null, '', href(route.page, [...route.params], { ...route.query }));
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest('a');
    if (!link || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href, location.href);
    const isHere = url.pathname === location.pathname && url.search === location.search && url.hash !== '';
    if (url.origin !== location.origin || isHere || !isOurs(parseAddress(url.pathname, url.search).page)) return;
    event.preventDefault();
    go(url.pathname + url.search + url.hash);
  });
}
