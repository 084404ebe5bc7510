/** Roles and caps as the book of accounts has them (docs/reference/access.md). */
export const roles = ['reader', 'editor', 'releaser', 'auditor', 'administrator'] as const;
export const caps = ['organisations', 'states', 'blocs', 'everyone'] as const;

export function rolesOf(text: string): string[] {
  return text.split(',').map((role) => role.trim()).filter(Boolean);
}

/** A cap says nothing of who may release nothing. */
export const mayRelease = (text: string): boolean => rolesOf(text).includes('releaser');

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A password to begin with, of four groups that can be read out: 80 bits. */
export function firstPassword(): string {
  const drawn = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => letters[byte % 32]!);
  return [0, 4, 8, 12].map((from) => drawn.slice(from, from + 4).join('')).join('-');
}
