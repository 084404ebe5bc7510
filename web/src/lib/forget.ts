// What modules remember of who reads, beyond the page that he looks at. Each says what is to be dropped; the session has all
// of it dropped when he signs out or somebody else comes in.
const drops: (() => void)[] = [];

export function whenForgetting(drop: () => void): void {
  drops.push(drop);
}

export function forgetAll(): void {
  for (const drop of drops) drop();
}
