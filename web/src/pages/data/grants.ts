// Who sees how much, as the registry writes it: "ASEAN:generalised;MYS;org:PTX@2026-01-01/2027-01-01"
// (docs/reference/release-labels.md).
import { day, list } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import { readerName } from '../../lib/session.svelte';
import { stateName } from '../../lib/states';

export const modes = ['full', 'generalised', 'exists'] as const;
export type Mode = (typeof modes)[number] | 'none';

export interface Grant {
  /** "public", "ASEAN", "MYS", "org:PTX" */
  audience: string;
  mode: Mode;
  /** First day on which it is shown; empty: from now on. */
  from: string;
  /** First day on which it no longer is; empty: until it is taken back. */
  until: string;
}

export const everyone = 'public';
const organisation = 'org:';

export function parseGrants(text: string): Grant[] {
  return text.split(';').flatMap((part) => {
    const found = /^(.+?)(?::(none|exists|generalised|full))?(?:@([\d-]*)\/([\d-]*))?$/.exec(part.trim());
    if (!found) return [];
    const audience = found[1] === 'everyone' ? everyone : found[1]!;
    return [{ audience, mode: (found[2] ?? 'full') as Mode, from: found[3] ?? '', until: found[4] ?? '' }];
  });
}

export function writeGrants(grants: Grant[]): string {
  return grants
    .filter((grant) => grant.audience !== '' && grant.audience !== organisation)
    .map((grant) => `${grant.audience}${grant.mode === 'full' ? '' : `:${grant.mode}`}${grant.from || grant.until ? `@${grant.from}/${grant.until}` : ''}`)
    .join(';');
}

export function isOrganisation(audience: string): boolean {
  return audience.startsWith(organisation);
}

export function audienceName(audience: string): string {
  if (audience === everyone || audience === 'everyone') return t('shell.everyone');
  return isOrganisation(audience) ? readerName(audience) : stateName(audience);
}

/** The name of what was chosen for a record or a field, and is not saved. */
export function releaseDraft(id: string, field = ''): string {
  return `release ${id} ${field}`;
}

/** One grant in words: "Malaysia: in full, from 1 Jan 2027". */
export function grantText(grant: Grant): string {
  const values = { audience: audienceName(grant.audience), mode: t(`data.mode.${grant.mode}`), from: day(grant.from), until: day(grant.until) };
  if (grant.from && grant.until) return t('data.grant.between', values);
  if (grant.from) return t('data.grant.from', values);
  return t(grant.until ? 'data.grant.until' : 'data.grant', values);
}

export function grantsText(text: string): string {
  const grants = parseGrants(text).filter((grant) => grant.mode !== 'none');
  return grants.length === 0 ? t('data.grant.nobody') : list(grants.map(grantText));
}

const order: Record<string, number> = { none: 0, exists: 1, generalised: 2, full: 3 };

/** What is wrong with the grants, by their place: no audience, the same twice, or days the wrong way round. */
export function problemsOfGrants(grants: Grant[]): Map<number, string> {
  const problems = new Map<number, string>();
  grants.forEach((grant, at) => {
    if (grant.audience === '' || grant.audience === organisation) problems.set(at, t('data.grant.problem.audience'));
    else if (/[;:@\s]/.test(grant.audience.replace(organisation, ''))) problems.set(at, t('data.grant.problem.name'));
    else if (grant.from && grant.until && grant.from >= grant.until) problems.set(at, t('data.grant.problem.days'));
    else if (grants.some((other, before) => before < at && writeGrants([other]) === writeGrants([grant]))) problems.set(at, t('data.grant.problem.twice'));
  });
  return problems;
}

/** Grants that the server's list of states does not speak of: to organisations, and those of a later day. */
export function laterOrOrganisations(before: string, after: string, today: string): Grant[] {
  const had = parseGrants(before);
  return parseGrants(after).filter((grant) => {
    const isSpecial = isOrganisation(grant.audience) || (grant.from !== '' && grant.from > today);
    return isSpecial && grant.mode !== 'none' && !had.some((one) => one.audience === grant.audience && one.from === grant.from && one.until === grant.until && order[one.mode]! >= order[grant.mode]!);
  });
}

export interface Change {
  reader?: string;
  field?: string;
  before?: string;
  after?: string;
}

export interface Effect {
  field: string;
  before: Mode;
  after: Mode;
  readers: string[];
}

/** What changes of each field, with all readers for whom it does so in the same way. */
export function effectsOf(changes: Change[]): Effect[] {
  const effects = new Map<string, Effect>();
  for (const change of changes) {
    const key = `${change.field} ${change.before} ${change.after}`;
    const found = effects.get(key) ?? { field: change.field ?? '', before: change.before as Mode, after: change.after as Mode, readers: [] };
    found.readers.push(change.reader ?? '');
    effects.set(key, found);
  }
  return [...effects.values()];
}

/** Those who will see more of something than now. */
export function gainers(changes: Change[]): string[] {
  return [...new Set(changes.filter((change) => (order[change.after ?? ''] ?? 0) > (order[change.before ?? ''] ?? 0)).map((change) => change.reader ?? ''))];
}

export function losers(changes: Change[]): string[] {
  return [...new Set(changes.filter((change) => (order[change.after ?? ''] ?? 0) < (order[change.before ?? ''] ?? 0)).map((change) => change.reader ?? ''))];
}
