// What a state can do next in a project, and where it does it: a form that is filled in already, or a question in the room.
import type { Schemas } from '../../../lib/api';
import { t } from '../../../lib/i18n.svelte';
import { href } from '../../../lib/router.svelte';
import { stateName } from '../../../lib/states';
import { word } from '../words';
import type { Room } from './stages';

type Project = Schemas['Project'];
type Waiting = Project['acts'][number];

export interface Act {
  key: string;
  label: string;
  href: string;
  /** The state that the lead approves; the room asks itself. */
  approves?: string;
}

const today = () => new Date().toISOString().slice(0, 10);
const form = (type: string, room: string, fields: Record<string, string>) => href('data', ['new'], { type, room, ...fields });

function actOf(project: Project, one: Waiting): Act {
  const key = `${one.act} ${one.record} ${one.about ?? ''}`;
  const label = t(`buying.act.${one.act}`, { name: one.name, state: stateName(one.about ?? '') });
  switch (one.act) {
    case 'approve':
      return { key, label, href: href('buying', ['projects', project.id], { approve: one.about ?? '' }), approves: one.about ?? '' };
    case 'join':
      return { key, label, href: form('participation', project.id, { project: project.id, wish: 'joins' }) };
    case 'sign':
      return { key, label, href: form('signature', project.id, { agreement: one.record, signed: today() }) };
    case 'answer':
      return { key, label, href: form('position', project.id, { requirement: one.record }) };
  }
}

/** What waits for the state. */
export function waitingActs(project: Project, state: string): Act[] {
  return state ? project.acts.filter((one) => one.state === state).map((one) => actOf(project, one)) : [];
}

const paperKinds = ['letter of intent', 'technical arrangement', 'frame agreement'];

/** The first kind of paper that there is none of. */
function nextPaper(room: Room): string | undefined {
  return paperKinds.find((kind) => !room.papers.some((paper) => paper.kind === kind));
}

/** What else it can do, though nothing waits for it. */
export function otherActs(room: Room, state: string): Act[] {
  if (!state) return [];
  const acts: Act[] = [];
  const add = (key: string, address: string, values: Record<string, string> = {}) => acts.push({ key, label: t(`buying.act.${key}`, values), href: address });
  const part = room.participants.find((one) => one.state === state);
  if (!part) {
    add('ask', form('participation', room.id, { project: room.id, wish: 'joins' }));
    add('interest', form('participation', room.id, { project: room.id, wish: 'interested' }));
  } else if (part.record) {
    add('part', href('data', [part.record]));
  }
  add('nominate', form('nomination', room.id, { project: room.id, item: room.item, state, status: 'offered', since: today() }));
  for (const paper of room.papers) {
    const isOpen = paper.kind === 'frame agreement' && paper.state === 'in force' && paper.parties.includes(state) && (paper.left?.high ?? 1) > 0;
    if (isOpen) add('call', form('agreement', room.id, { project: room.id, kind: 'call-off', under: paper.id, parties: state, name: t('buying.act.call.name', { name: paper.name }) }), { name: paper.name });
  }
  if (state === room.lead) {
    const kind = nextPaper(room);
    if (kind) add('paper', form('agreement', room.id, { project: room.id, kind, parties: room.members.join('\n') }), { kind: word('paper', kind) });
    add('line', form('requirement', room.id, { project: room.id, weight: 'must' }));
    add('stage', href('data', [room.id]));
  }
  return acts;
}
