/**
 * Scenarios that a reader keeps in this browser. Each account, and where there are none each reader,
 * has a shelf of its own, so that who signs in next at the same desk is not shown them; they never
 * go to the server but to be run.
 */

import { parseScenario, toFile, type Scenario } from './scenario';

export interface SavedScenario {
  name: string;
  at: string;
  scenario: Scenario;
}

/** What of `localStorage` is used: tests bring their own. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const mostSaved = 50;

function keyOf(owner: string): string {
  return `adic.scenarios.${owner}`;
}

export function listSaved(shelf: Shelf, owner: string): SavedScenario[] {
  let value: unknown;
  try {
    value = JSON.parse(shelf.getItem(keyOf(owner)) ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  const saved: SavedScenario[] = [];
  for (const one of value as Partial<SavedScenario>[]) {
    const read = parseScenario(JSON.stringify(one?.scenario ?? null));
    if (read.ok && typeof one.name === 'string' && typeof one.at === 'string') {
      saved.push({ name: one.name, at: one.at, scenario: read.scenario });
    }
  }
  return saved;
}

function write(shelf: Shelf, owner: string, saved: SavedScenario[]): boolean {
  try {
    if (saved.length === 0) shelf.removeItem(keyOf(owner));
    else shelf.setItem(keyOf(owner), JSON.stringify(saved));
    return true;
  } catch {
    return false; // no room, or the browser keeps nothing
  }
}

/** Under a name that is taken, the new one takes the place of the old. */
export function save(shelf: Shelf, owner: string, name: string, scenario: Scenario, at: string): boolean {
  const others = listSaved(shelf, owner).filter((one) => one.name !== name);
  if (others.length >= mostSaved) return false;
  return write(shelf, owner, [{ name, at, scenario }, ...others]);
}

export function remove(shelf: Shelf, owner: string, name: string): SavedScenario | undefined {
  const saved = listSaved(shelf, owner);
  const gone = saved.find((one) => one.name === name);
  write(
    shelf,
    owner,
    saved.filter((one) => one !== gone),
  );
  return gone;
}

/** Whether anything is on one of the shelves. */
export function isKept(shelf: Shelf, owners: readonly string[]): boolean {
  return owners.some((owner) => shelf.getItem(keyOf(owner)) !== null);
}

export function forget(shelf: Shelf, owners: readonly string[]): void {
  for (const owner of owners) shelf.removeItem(keyOf(owner));
}

export function fileOf(scenario: Scenario): { name: string; text: string } {
  return { name: `${scenario.id}.json`, text: toFile(scenario) };
}
