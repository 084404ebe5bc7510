// Cells that go from one page to another of this browser, and nowhere else: taken once.
import type { Sheet } from './cells';
import { whenForgetting } from './forget';

let handed: { name: string; sheets: Sheet[] } | undefined;

whenForgetting(() => (handed = undefined));

export function handOver(name: string, sheets: Sheet[]): void {
  handed = { name, sheets };
}

export function takeHanded(): { name: string; sheets: Sheet[] } | undefined {
  const taken = handed;
  handed = undefined;
  return taken;
}
