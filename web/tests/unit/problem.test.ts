import { beforeAll, describe, expect, it } from 'vitest';
import { loadMessages } from '../../src/lib/i18n.svelte';
import { saidOf, wordsOf } from '../../src/lib/problem';
import english from '../../src/messages/en/shell.json';

beforeAll(() => loadMessages('shell'));

describe('a problem in words', () => {
  // Those of docs/reference/errors.md, and those that the server gives beside them.
  it.each(['invalid_argument', 'not_found', 'conflict', 'unavailable', 'interrupted', 'internal', 'too_many', 'changed'] as const)('says what %s is', (code) => {
    expect(wordsOf(code)).toBe(english[`error.${code}`]);
    expect(saidOf({ code, message: "no 'x'" })).toBe(`${english[`error.${code}`]} (no 'x')`);
  });

  it('leaves out what is said to who writes programs', () => {
    expect(saidOf({ code: 'csrf', message: "send the 'csrf' in the header" })).toBe(english['error.csrf']);
    expect(saidOf({ code: 'not_found', message: "'neom' is not an item of this map; did you mean 'neon'?\n'adic items WORD' looks for items by a part of their name." })).toBe(
      `${english['error.not_found']} ('neom' is not an item of this map; did you mean 'neon'?)`,
    );
  });

  it('is what the server says where no words are known, and never nothing', () => {
    expect(saidOf({ code: 'new_here', message: 'as it is' })).toBe('as it is');
    expect(saidOf({ code: '', message: 'as it is' })).toBe('as it is');
    expect(saidOf({ code: 'unreachable', message: '' })).toBe(english['error.unreachable']);
    expect(saidOf({ code: '', message: '' })).toBe(english['error.unknown']);
  });
});
