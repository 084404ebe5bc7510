/**
 * A scenario as docs/reference/scenarios.md has it, and what the builder changes in one. What the
 * builder has no field for (controls, common causes, sources) is kept as it was read.
 */

export interface FigureRange {
  low?: number;
  likely: number;
  high?: number;
  confidence?: string;
  source?: string;
  note?: string;
}

export type ScenarioFigure = number | FigureRange;

export interface ScenarioTarget {
  origins?: string[];
  organisations?: string[];
  chokepoints?: string[];
  items?: { name?: string; ids?: string[]; codes?: { scheme: string; prefix?: string }[] };
  [other: string]: unknown;
}

export interface ScenarioEvent {
  id: string;
  title?: string;
  kind: string;
  target: ScenarioTarget;
  severity?: ScenarioFigure;
  start?: string;
  start_day?: number;
  end?: string;
  duration_days?: ScenarioFigure;
  probability?: ScenarioFigure;
  sources?: string[];
  note?: string;
  [other: string]: unknown;
}

export interface ScenarioSource {
  id: string;
  title: string;
  publisher?: string;
  year: number;
  url?: string;
}

export interface Scenario {
  id: string;
  title: string;
  description?: string;
  start: string;
  horizon_days: number;
  sources?: ScenarioSource[];
  events: ScenarioEvent[];
  [other: string]: unknown;
}

export interface Bounds {
  low: number;
  likely: number;
  high: number;
}

export function boundsOf(figure: ScenarioFigure | undefined, standard: number): Bounds {
  if (figure === undefined) return { low: standard, likely: standard, high: standard };
  if (typeof figure === 'number') return { low: figure, likely: figure, high: figure };
  return {
    low: figure.low ?? figure.likely,
    likely: figure.likely,
    high: figure.high ?? figure.likely,
  };
}

/** One bound changed; the others give way to another likely value, and to none that is no number. */
export function withBound(bounds: Bounds, key: keyof Bounds, value: number): Bounds {
  const next = { ...bounds, [key]: value };
  if (key === 'likely' && !Number.isNaN(value)) {
    next.low = Math.min(next.low, value);
    next.high = Math.max(next.high, value);
  }
  return next;
}

/** The figure with other bounds; confidence and source go with a change: it is a judgement then. */
export function figureOf(bounds: Bounds): ScenarioFigure {
  const { low, likely, high } = bounds;
  return low === likely && high === likely ? likely : { low, likely, high };
}

export function newScenario(today: string): Scenario {
  return { id: 'my-scenario', title: '', start: today, horizon_days: 364, events: [] };
}

function freeId(scenario: Scenario): string {
  for (let n = scenario.events.length + 1; ; n += 1) {
    const id = `event-${n}`;
    if (!scenario.events.some((event) => event.id === id)) return id;
  }
}

/** What is picked on the map and beside it, and hit by one event. */
export interface Picked {
  states: string[];
  straits: string[];
  items: string[];
  suppliers: string[];
}

/**
 * States and straits are hit by events of their own: an event reaches what satisfies all its lists,
 * and a state's goods that pass a strait are less than the two.
 */
export function addEvents(scenario: Scenario, picked: Picked): Scenario {
  const items = picked.items.length > 0 ? { items: { ids: [...picked.items] } } : {};
  const targets: ScenarioTarget[] = [];
  if (picked.states.length > 0) targets.push({ origins: [...picked.states], ...items });
  if (picked.straits.length > 0) targets.push({ chokepoints: [...picked.straits], ...items });
  if (picked.suppliers.length > 0) targets.push({ organisations: [...picked.suppliers], ...items });
  if (targets.length === 0 && picked.items.length > 0) targets.push(items);
  let next = scenario;
  for (const target of targets) {
    const event: ScenarioEvent = {
      id: freeId(next),
      kind: 'halt',
      target,
      start_day: 28,
      duration_days: { low: 28, likely: 84, high: 182 },
      recovery: { shape: 'linear', days: 28 },
    };
    next = { ...next, events: [...next.events, event] };
  }
  return next;
}

export function changeEvent(
  scenario: Scenario,
  id: string,
  change: Partial<ScenarioEvent>,
): Scenario {
  const events = scenario.events.map((event) => (event.id === id ? { ...event, ...change } : event));
  return { ...scenario, events };
}

/** How much stops, in [0, 1]: a halt in which not all stops is a loss of capacity. */
export function changeSeverity(scenario: Scenario, id: string, bounds: Bounds): Scenario {
  const isAll = bounds.low === 1 && bounds.likely === 1 && bounds.high === 1;
  const event = scenario.events.find((one) => one.id === id);
  if (!event) return scenario;
  const { severity: _severity, ...rest } = event;
  const changed: ScenarioEvent =
    isAll && event.kind === 'halt' ? rest : { ...rest, severity: figureOf(bounds) };
  return { ...scenario, events: scenario.events.map((one) => (one.id === id ? changed : one)) };
}

/** Without the event, and without it in common causes that would miss it. */
export function removeEvent(scenario: Scenario, id: string): Scenario {
  const events = scenario.events.filter((event) => event.id !== id);
  const { causes, ...rest } = scenario;
  if (!Array.isArray(causes)) return { ...scenario, events };
  const kept = (causes as { members?: { event?: string }[] }[])
    .map((cause) => ({ ...cause, members: (cause.members ?? []).filter((m) => m.event !== id) }))
    .filter((cause) => cause.members.length > ('correlation' in cause ? 1 : 0));
  return kept.length > 0 ? { ...rest, causes: kept, events } : { ...rest, events };
}

/** A century. */
const mostDays = 36_525;
export const mostWeeks = Math.floor(mostDays / 7);

export type ProblemKey =
  | 'title'
  | 'start'
  | 'horizon'
  | 'events'
  | 'target'
  | 'severity'
  | 'duration'
  | 'begins'
  | 'never';

export interface Problem {
  key: ProblemKey;
  event?: string;
}

function isOrdered({ low, likely, high }: Bounds, least: number, most: number): boolean {
  return low >= least && low <= likely && likely <= high && high <= most;
}

function hasTarget(target: ScenarioTarget): boolean {
  const lists = [target.origins, target.organisations, target.chokepoints];
  const hasItems = (target.items?.ids?.length ?? 0) + (target.items?.codes?.length ?? 0) > 0;
  return hasItems || lists.some((list) => (list?.length ?? 0) > 0) || Array.isArray(target.routes);
}

function problemsOfEvent(event: ScenarioEvent, horizon: number): Problem[] {
  const problems: Problem[] = [];
  const say = (key: ProblemKey): void => void problems.push({ key, event: event.id });
  if (!hasTarget(event.target)) say('target');
  if (!isOrdered(boundsOf(event.severity, 1), 0, 1)) say('severity');
  const duration = boundsOf(event.duration_days, 1);
  if (!(isOrdered(duration, 0, mostDays) && duration.low > 0)) say('duration');
  if (event.start === undefined) {
    const from = event.start_day ?? 0;
    if (!(from >= 0)) say('begins');
    else if (from >= horizon) say('never');
  }
  return problems;
}

/** What has to be mended before it can run; the server checks all of it again, and more. */
export function problemsOf(scenario: Scenario): Problem[] {
  const problems: Problem[] = [];
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if (!scenario.title.trim()) problems.push({ key: 'title' });
  if (!day.test(scenario.start) || Number.isNaN(Date.parse(scenario.start))) {
    problems.push({ key: 'start' });
  }
  const horizon = scenario.horizon_days;
  if (!(Number.isInteger(horizon) && horizon >= 1 && horizon <= mostDays)) {
    problems.push({ key: 'horizon' });
  }
  if (scenario.events.length === 0) problems.push({ key: 'events' });
  return problems.concat(scenario.events.flatMap((event) => problemsOfEvent(event, horizon)));
}

/** An identifier that a scenario may have: of its title, in plain letters. */
export function idOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 64);
  return plain || 'my-scenario';
}

export type ReadProblem = 'json' | 'shape' | 'large';

const largestFile = 4 * 1024 * 1024;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A file that somebody gave us: only its outline is checked here, the server reads it in full. */
export function parseScenario(
  text: string,
): { ok: true; scenario: Scenario } | { ok: false; problem: ReadProblem } {
  if (text.length > largestFile) return { ok: false, problem: 'large' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'json' };
  }
  const isScenario =
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.title === 'string' &&
    typeof value.start === 'string' &&
    typeof value.horizon_days === 'number' &&
    Array.isArray(value.events) &&
    value.events.every(
      (event) =>
        isObject(event) &&
        typeof event.id === 'string' &&
        typeof event.kind === 'string' &&
        isObject(event.target),
    );
  return isScenario
    ? { ok: true, scenario: value as unknown as Scenario }
    : { ok: false, problem: 'shape' };
}

export function toFile(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}
