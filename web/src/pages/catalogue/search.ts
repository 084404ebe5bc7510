// What is searched for, and why a record is among what was found.
import { isGeneralised, isHidden, propertiesOf, type FieldValue, type SeenRecord } from '../../lib/records';

export interface Search {
  words: string[];
  type: string;
  owner: string;
  /** "kind:item of supply", "price:..500": words of a field, or a range of a figure. */
  conditions: string[];
  sort: string;
}

export interface Query {
  [name: string]: string | number | string[] | undefined;
}

/** Types of what somebody looks for here. */
export const soughtTypes = ['product', 'organisation', 'facility', 'third-party-supplier', 'demand'];

const separator = '|';

export function readSearch(query: Record<string, string>): Search {
  return {
    words: (query['q'] ?? '').split(/\s+/).filter(Boolean),
    type: query['type'] ?? '',
    owner: query['owner'] ?? '',
    conditions: (query['where'] ?? '').split(separator).filter(Boolean),
    sort: query['sort'] ?? '',
  };
}

export function writeSearch(search: Search): Record<string, string> {
  return { q: search.words.join(' '), type: search.type, owner: search.owner, where: search.conditions.join(separator), sort: search.sort };
}

export function isRange(condition: string): boolean {
  return /^[a-z_.0-9-]+:[\d.]*\.\.[\d.]*( \S+)?$/.test(condition);
}

/** The words of the API's address for a search. */
export function queryOf(search: Search): Query {
  const [sort, direction] = search.sort === 'id' ? [] : search.sort.split(' ');
  return {
    q: search.words.join(' ') || undefined,
    type: search.type ? [search.type] : soughtTypes,
    owner: search.owner || undefined,
    field: search.conditions.filter((condition) => !isRange(condition)),
    range: search.conditions.filter(isRange),
    sort: sort || undefined,
    direction: direction || undefined,
  };
}

/** Letters without accents and in small form, as the server compares them. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function textOf(value: FieldValue): string {
  if (value === null || value === undefined || isHidden(value) || isGeneralised(value)) return '';
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'object' ? '' : String(value);
}

export interface Match {
  field: string;
  words: string[];
}

export function begins(text: string, word: string): boolean {
  const sought = folded(word);
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .some((part) => part.startsWith(sought));
}

/** Which words stand in which fields that the reader sees. */
export function matchesOf(record: SeenRecord, words: string[]): Match[] {
  const texts: [string, string][] = [
    ...Object.entries(record.fields).map(([key, value]): [string, string] => [key, textOf(value)]),
    ...propertiesOf(record).map(([key, property]): [string, string] => [`properties.${key}`, property.disclosure ? '' : `${property.value ?? ''} ${property.unit ?? ''}`]),
  ];
  return texts
    .map(([field, text]) => ({ field, words: words.filter((word) => text && begins(text, word)) }))
    .filter((match) => match.words.length > 0);
}

export interface Looser {
  /** What was left out. */
  without: string;
  kind: 'word' | 'condition' | 'owner' | 'type';
  search: Search;
}

/** The search with one thing less, each in turn: what keeps records from being found. */
export function loosened(search: Search): Looser[] {
  const looser: Looser[] = [];
  if (search.words.length > 1 || search.conditions.length > 0) {
    search.words.forEach((word, at) => looser.push({ without: word, kind: 'word', search: { ...search, words: search.words.filter((_, other) => other !== at) } }));
  }
  for (const condition of search.conditions) {
    looser.push({ without: condition, kind: 'condition', search: { ...search, conditions: search.conditions.filter((other) => other !== condition) } });
  }
  if (search.owner) looser.push({ without: search.owner, kind: 'owner', search: { ...search, owner: '' } });
  if (search.type) looser.push({ without: search.type, kind: 'type', search: { ...search, type: '', sort: '', conditions: [] } });
  return looser;
}

/**
 * Those whose own name has more of the words stand first, within them the order that they came in:
 * who looks for a radio wants radios before the firms that test them.
 */
export function byFit(records: SeenRecord[], words: string[]): SeenRecord[] {
  if (words.length === 0) return records;
  const fit = (record: SeenRecord) => {
    const name = textOf(record.fields['name'] ?? record.fields['item']);
    return words.filter((word) => begins(name, word)).length;
  };
  const fits = new Map(records.map((record) => [record, fit(record)]));
  return [...records].sort((a, b) => fits.get(b)! - fits.get(a)!);
}
