import { expect, it } from 'vitest';
import { keyOfText } from '../../src/pages/data/importing';

it('gives the same text the same key, so that a lost answer is not a second record', () => {
  const keyOf = keyOfText();
  const first = keyOf('{"about":"IDN.n-1"}');
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keyOf('{"about":"IDN.n-1"}')).toBe(first);
  const other = keyOf('{"about":"IDN.n-2"}');
  expect(other).not.toBe(first);
  expect(keyOf('{"about":"IDN.n-2"}')).toBe(other);
  expect(keyOfText()('{"about":"IDN.n-2"}')).not.toBe(other);
});
