// Matches and bottlenecks in words.
import { list, share, shortName } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import { stateName } from '../../lib/states';
import type { Line } from './lines';
import type { Why } from './match';
import type { Break, PartRow, Resting } from './rank';

export type NameOf = (item: string) => string;

/** What a line is called: its description, or else a number. */
export const lineName = (line: Line): string => line.name || line.partNumber || line.nsn || line.hs;

export function whyText(why: readonly Why[]): string {
  return list(why.map((one) => t(`parts.by.${one.by}`, { value: one.value, fit: share(one.fit ?? 0) })));
}

function valuesOf({ row }: Break) {
  return {
    state: row.largest_state ? stateName(row.largest_state) : t('shell.unknown'),
    share: row.largest_share ? share(row.largest_share.likely) : t('shell.unknown'),
    n: row.states_to_stop ?? 0,
  };
}

/** Who can stop it, beside a column that says with what share. */
export function breakShort(one: Break): string {
  const states = one.row.states_to_stop;
  if (states === 1) return t('parts.who.one', valuesOf(one));
  return t(states === null ? 'parts.who.unlikely' : 'parts.who.several', valuesOf(one));
}

export function breakText(one: Break): string {
  const values = valuesOf(one);
  const { row } = one;
  if (row.states_to_stop === 1) return t('parts.why.one', values);
  return t(row.states_to_stop === null ? 'parts.why.unlikely' : 'parts.why.several', values);
}

/** "Battery pack ← Cell ← Cobalt": by which inputs the shortage comes to the part. */
export const wayText = (one: Resting, name: NameOf): string => one.way.map((item) => shortName(name(item))).join(' ← ');

const mostNamed = 2;

export function restingText(one: Break, name: NameOf): string {
  const named = one.resting.slice(0, mostNamed).map((rest) => t('parts.resting.one', { name: shortName(name(rest.item)), n: rest.lines }));
  const more = one.resting.length - mostNamed;
  return list(more > 0 ? [...named, t('parts.resting.more', { n: more })] : named);
}

export function partWhy(row: PartRow): string {
  if (!row.worst) return t((row.supply?.known_share ?? null) === null ? 'parts.why.unknown' : 'parts.why.nothing');
  const values = { name: shortName(row.worst.row.name), why: breakText(row.worst) };
  return row.worst.row.item === row.sorted.match.item ? values.why : t('parts.why.through', values);
}

/** What the list says of a part's origin beside what the map does. */
export function originText(row: PartRow): string {
  const said = row.sorted.line.origin;
  if (!said || !row.supply || row.supply.origins.length === 0) return '';
  if (said === row.supply.largest_state) return t('parts.origin.largest');
  return t(row.supply.origins.includes(said) ? 'parts.origin.among' : 'parts.origin.other');
}
