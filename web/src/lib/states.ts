// States by their ISO 3166 codes, from the program's own list; names in the reader's language come from Intl.
import table from '../../../data/reference/states.csv?raw';
import { has, i18n, t } from './i18n.svelte';
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

/** The member states, in the order of the list. */
export const members: State[] = states.filter((state) => state.blocs.includes('ASEAN'));
const memberIds = new Set(members.map((state) => state.id));

export function isMember(id: string): boolean {
  return memberIds.has(id);
}

export function stateOfNumeric(code: string): State | undefined {
  return byNumeric.get(code);
}

let names: { locale: string; of: Intl.DisplayNames } | undefined;

/** They have no name of their own for Intl: it takes their codes for those of the states that came after them. */
const former = new Set(['ANT', 'CSK', 'DDR', 'SCG', 'SUN', 'VDR', 'YMD', 'YUG']);

/** The name of a state, in the language of the page; what is no state is said as it is. */
export function stateName(id: string): string {
  return stateNameIn(i18n.content, id);
}

export function stateNameIn({ code, locale }: Language, id: string): string {
  const state = byId.get(id);
  if (!state) return id;
  if (code === 'en') return state.name;
  // Intl has no name of these; lists of all states are shown where library.json is loaded.
  if (!state.numeric || former.has(id)) return has(`library.state.${id}`) ? t(`library.state.${id}`) : state.name;
  if (names?.locale !== locale) names = { locale, of: new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }) };
  // Intl knows names by codes of two letters alone, and those by the codes of three digits.
  const { region } = new Intl.Locale(`und-${state.numeric}`);
  return (region && names.of.of(region)) ?? state.name;
}
