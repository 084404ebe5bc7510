// What is written into the room of a project, and the states that have to see it there.
import type { Schemas } from '../../lib/api';
import { members } from '../../lib/states';
import type { Draft } from './fields';
import { everyone, parseGrants } from './grants';

type Room = Schemas['ProjectRoom'];

/** The whole region, for who wants others to hear of it. */
export const bloc = 'ASEAN';

/** Whether a record with these fields stands in the room: only then its states are offered as those who see it. */
export function belongsTo(room: Room, draft: Draft): boolean {
  const [project, paper, line] = [draft['project'], draft['agreement'], draft['requirement']];
  return (
    project === room.id ||
    (paper !== undefined && room.papers.some((one) => one.id === paper)) ||
    (line !== undefined && room.specification.some((one) => one.id === line))
  );
}

/** The paper or line that the record is about; empty: it is about the project. */
export function aboutOf(room: Room, draft: Draft): string {
  const paper = room.papers.find((one) => one.id === draft['agreement']);
  return paper?.name ?? room.specification.find((one) => one.id === draft['requirement'])?.name ?? '';
}

/** All other states of the room that the reader sees, by their codes. */
export function statesOf(room: Room, own: string): string[] {
  const taking = room.participants.filter((one) => one.standing !== 'left').map((one) => one.state);
  const signing = room.papers.flatMap((paper) => paper.parties);
  return [...new Set([room.lead, ...taking, ...signing])].filter((state) => state !== own).sort();
}

/** Those who have to see it for it to count: the lead and the members. */
export function usualAudience(room: Room, own: string): string[] {
  return [...new Set([room.lead, ...room.members])].filter((state) => state !== own).sort();
}

/** Others to whom the own part in the room is shown, in full and without an end: they may want to see this, too. */
export function furtherAudiences(release: string, known: string[]): string[] {
  return parseGrants(release)
    .filter((grant) => grant.mode === 'full' && !grant.from && !grant.until && grant.audience !== everyone && !known.includes(grant.audience))
    .map((grant) => grant.audience);
}

/** How many readers an audience comes to, a state counted once. */
export function howMany(audience: string[], own: string): number {
  const all = audience.includes(bloc) ? members.map((one) => one.id).filter((id) => id !== own) : [];
  return new Set([...all, ...audience.filter((one) => one !== bloc)]).size;
}
