/** What the address of the page says: what happens, to whom, and which runs stood there, so that all of it can be gone back to. */

export interface RunView {
  episode: string;
  items: string[];
  inside: string;
  stockDays: number;
  futures: number;
}

export interface ShockView extends RunView {
  /** What is gone: a state's supply, "CHN", or its supply of one item, "gallium@CHN". */
  without: string[];
  /** Runs of episodes, in their order. A scenario of one's own is nobody else's: it is not in an address. */
  ran: RunView[];
}

const standard = { inside: 'ASEAN', stockDays: 30, futures: 0 } as const;
export const mostStock = 3650;
export const futuresChoices = [0, 1024, 8192] as const;

const wordsOf = (text: string | undefined, mark: string): string[] => (text ?? '').split(mark).filter(Boolean);

export const isStock = (days: number): boolean => days >= 0 && days <= mostStock;

function stockOf(text: string | undefined): number {
  const days = Number(text);
  return text && isStock(days) ? days : standard.stockDays;
}

function futuresOf(text: string | undefined): number {
  return futuresChoices.find((one) => String(one) === text) ?? standard.futures;
}

const insideOf = (text: string | undefined): string => (/^[A-Z]{3,5}$/.test(text ?? '') ? text! : standard.inside);

/** EPISODE:ITEM+ITEM:INSIDE:STOCK:FUTURES */
function readRun(text: string): RunView[] {
  const [episode = '', items, inside, stock, futures] = text.split(':');
  if (!episode) return [];
  return [{ episode, items: wordsOf(items, '+'), inside: insideOf(inside), stockDays: stockOf(stock), futures: futuresOf(futures) }];
}

const writeRun = (run: RunView): string => [run.episode, run.items.join('+'), run.inside, run.stockDays, run.futures].join(':');

export function readView(query: Record<string, string | undefined>): ShockView {
  return {
    episode: query['episode'] ?? '',
    items: wordsOf(query['item'], ','),
    inside: insideOf(query['inside']),
    stockDays: stockOf(query['stock']),
    futures: futuresOf(query['futures']),
    without: wordsOf(query['without'], '+').filter((one) => /^([a-z0-9][a-z0-9-]*@)?[A-Z]{3}$/.test(one)),
    ran: wordsOf(query['runs'], ',').flatMap(readRun),
  };
}

/** Only what differs from the standard: short addresses. */
export function choiceOf({ items, inside, stockDays, futures }: Omit<RunView, 'episode'>): Record<string, string> {
  return {
    item: items.join(','),
    inside: inside === standard.inside ? '' : inside,
    stock: stockDays === standard.stockDays ? '' : String(stockDays),
    futures: futures === standard.futures ? '' : String(futures),
  };
}

export function runsOf(runs: RunView[]): string {
  return runs.map(writeRun).join(',');
}
