// States by their ISO 3166 codes, from the program's own list; names in the reader's language come from Intl, but for those
// that a state would contest or that Intl lacks: `state.CODE` in messages/LANGUAGE/shell.json.
import table from '../../../data/reference/states.csv?raw';
import { compareText, shortName } from './format';
import { i18n, sayOwn } from './i18n.svelte';
import type { Language } from './languages';

export interface State {
  id: string;
  name: string;
  /** Numeric code, as outlines of maps have it; empty: there is none. */
  numeric: string;
  blocs: string[];
}

/** A line of CSV whose fields may stand in quotes. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map((match) => match[2] ?? match[1] ?? '');
}

export const states: State[] = table
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    const [id = '', name = '', codes = '', , blocs = ''] = fieldsOf(line);
    return { id, name, numeric: codes.split(';').find((code) => /^\d{3}$/.test(code)) ?? '', blocs: blocs.split(';').filter(Boolean) };
  });

const byId = new Map(states.map((state) => [state.id, state]));
const byNumeric = new Map(states.filter((state) => state.numeric).map((state) => [state.numeric, state]));

/** The member states, in the order of their codes: `stateChoices` and `byStateName` order them by name. */
export const members: State[] = states.filter((state) => state.blocs.includes('ASEAN'));
const memberIds = new Set(members.map((state) => state.id));

export function isMember(id: string): boolean {
  return memberIds.has(id);
}

export function stateOfNumeric(code: string): State | undefined {
  return byNumeric.get(code);
}

/** They have no name of their own for Intl: it takes their codes for those of the states that came after them. */
const former = new Set(['ANT', 'CSK', 'DDR', 'SCG', 'SUN', 'VDR', 'YMD', 'YUG']);
/** Land without a people or a government of its own: data may name it, but nobody there buys, makes or reads. */
const unpeopled = new Set(['ATA', 'ATF', 'BVT', 'HMD', 'IOT', 'SGS', 'UMI']);

/** Those that somebody can choose, and those of the others that data name already. */
export function choosableStates(...named: string[]): State[] {
  return states.filter(({ id }) => named.includes(id) || (!former.has(id) && !unpeopled.has(id)));
}

let names: { locale: string; of: Intl.DisplayNames } | undefined;

/** The name of a state, in the language of the page; what is no state is said as it is. */
export function stateName(id: string): string {
  return stateNameIn(i18n.content, id);
}

export function stateNameIn(language: Language, id: string): string {
  const state = byId.get(id);
  if (!state) return id;
  if (language.code === 'en') return state.name;
  return sayOwn(language, `shell.state.${id}`) ?? intlName(language, state) ?? state.name;
}

function intlName({ locale }: Language, { id, numeric }: State): string | undefined {
  if (!numeric || former.has(id)) return undefined;
  if (names?.locale !== locale) names = { locale, of: new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }) };
  // Intl knows names by codes of two letters alone, and those by the codes of three digits.
  const { region } = new Intl.Locale(`und-${numeric}`);
  const name = region && names.of.of(region);
  // Intl adds a name that Myanmar has given up.
  return name && id === 'MMR' ? shortName(name) : name;
}

/** What belongs to states, in the order of their names in the reader's language. */
export function byStateName<T>(all: readonly T[], stateOf: (one: T) => string, language: Language = i18n.content): T[] {
  return all
    .map((one) => ({ one, name: stateNameIn(language, stateOf(one)) }))
    .sort((a, b) => compareText(a.name, b.name, language.locale))
    .map(({ one }) => one);
}

/** Names of states, in their order. */
export function stateNames(ids: readonly string[]): string[] {
  return byStateName(ids, (id) => id).map(stateName);
}

/** States to choose from, in the order of their names. */
export function stateChoices(all: readonly State[], language: Language = i18n.content): { value: string; label: string }[] {
  return byStateName(all, ({ id }) => id, language).map(({ id }) => ({ value: id, label: stateNameIn(language, id) }));
}
