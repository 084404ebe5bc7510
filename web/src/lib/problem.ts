// What went wrong, for people: the codes that pages meet most in the reader's language, and what the server says of
// this case, in its own words.
import type { ApiError } from './api';
import { has, t } from './i18n.svelte';

/** In the reader's language; empty where the code is none that is worded. */
export function wordsOf(code: string): string {
  return code && has(`shell.error.${code}`) ? t(`shell.error.${code}`) : '';
}

/** What the server says of these is for who writes programs. */
const forPrograms = new Set(['csrf']);

/** What the server says of this case, where that is for people; empty: nothing. */
export function detailOf({ code, message }: Pick<ApiError, 'code' | 'message'>): string {
  if (forPrograms.has(code)) return '';
  // What to type in a terminal is said on a line of its own.
  return message.split('\n').filter((line) => !line.startsWith("'adic ")).join('\n');
}

/** In one line: `The server could not use this request. (there is no item 'x')`. */
export function saidOf(error: Pick<ApiError, 'code' | 'message'>): string {
  const [words, message] = [wordsOf(error.code), detailOf(error)];
  if (words && message) return `${words} (${message})`;
  return words || message || t('shell.error.unknown');
}
