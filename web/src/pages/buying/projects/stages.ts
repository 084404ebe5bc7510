// How far a project is: the stages in order, and how many states have come to each step from interest to delivery.
import type { Schemas } from '../../../lib/api';
import type { Range } from '../words';

export type Room = Schemas['ProjectRoom'];
export type Paper = Room['papers'][number];
export type Participant = Room['participants'][number];

/** As the server names them; 'ended' is no step of the way. */
export const stages = ['interest', 'letter of intent', 'technical arrangement', 'frame agreement', 'call-offs', 'delivered'];

export interface Step {
  key: string;
  states: string[];
  /** Pieces of these states together; undefined: not known of all of them. */
  quantity: Range | undefined;
}

function signersOf(room: Room, kind: string): string[] {
  return room.papers.filter((paper) => paper.kind === kind).flatMap((paper) => paper.signatures.map((one) => one.state ?? ''));
}

function sum(ranges: (Range | undefined)[]): Range | undefined {
  if (ranges.length === 0 || ranges.some((one) => !one)) return undefined;
  return { low: ranges.reduce((all, one) => all + one!.low, 0), high: ranges.reduce((all, one) => all + one!.high, 0) };
}

/** From all that have shown interest down to those that have received: each state by what it and the lead have recorded. */
export function funnelOf(room: Room): Step[] {
  const taking = room.participants.filter((one) => one.standing !== 'left');
  const calls = room.papers.filter((paper) => paper.kind === 'call-off' && paper.missing.length === 0);
  const delivered = calls.filter((paper) => paper.state === 'delivered');
  const sets: [string, string[]][] = [
    ['interested', taking.map((one) => one.state)],
    ['member', room.members],
    ['intent', signersOf(room, 'letter of intent')],
    ['arrangement', signersOf(room, 'technical arrangement')],
    ['frame', signersOf(room, 'frame agreement')],
    ['called', calls.flatMap((paper) => paper.parties)],
    ['delivered', delivered.flatMap((paper) => paper.parties)],
  ];
  return sets.map(([key, states]) => {
    const unique = [...new Set(states)].sort();
    const wanted = sum(unique.map((state) => taking.find((one) => one.state === state)?.quantity));
    const papers = key === 'called' ? calls : key === 'delivered' ? delivered : undefined;
    return { key, states: unique, quantity: papers ? sum(papers.map((paper) => paper.quantity)) : wanted };
  });
}
