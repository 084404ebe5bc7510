// How much each state shows to the reader, by kinds of records that people ask for together.
import type { Schemas } from '../../../lib/api';
import { byStateName, members } from '../../../lib/states';

type Count = Schemas['Coverage']['coverage'][number];

export const kinds: { key: string; types: string[] }[] = [
  { key: 'firms', types: ['organisation', 'facility'] },
  { key: 'products', types: ['product'] },
  { key: 'needs', types: ['demand'] },
  { key: 'supply', types: ['supply', 'third-party-supplier'] },
  { key: 'purchases', types: ['procurement', 'procurement-item', 'award', 'contract'] },
  { key: 'projects', types: ['project', 'participation', 'agreement', 'signature', 'requirement', 'position'] },
  { key: 'rules', types: ['standard', 'rule', 'source'] },
];

export interface CoverageRow {
  state: string;
  /** Records by kind. */
  shown: Record<string, number>;
}

/** A row for each member state, in the order of names: not of what it shows. */
export function coverageRows(counts: Count[]): CoverageRow[] {
  return byStateName(members, ({ id }) => id).map(({ id }) => ({
    state: id,
    shown: Object.fromEntries(
      kinds.map(({ key, types }) => [key, counts.filter((one) => one.state === id && types.includes(one.type)).reduce((sum, one) => sum + one.records, 0)]),
    ),
  }));
}

/** How long nothing changes before a project is said to stand still. */
export const stillDays = 60;

type Project = Schemas['Project'];

/** Projects under way of which nothing that the reader sees has changed for so long; the longest first. */
export function standingStill(projects: Project[], now: Date): Project[] {
  const limit = new Date(now.getTime() - stillDays * 86_400_000).toISOString();
  return projects
    .filter((one) => one.changed !== undefined && one.changed < limit && one.stage !== 'delivered' && one.stage !== 'ended')
    .sort((a, b) => ((a.changed ?? '') < (b.changed ?? '') ? -1 : 1));
}

export interface Step {
  project: Project;
  act: Project['acts'][number];
}

/** What all projects wait for, project by project. */
export function stepsOf(projects: Project[]): Step[] {
  return projects.flatMap((project) => project.acts.map((act) => ({ project, act })));
}
