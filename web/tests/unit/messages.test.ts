// Which words each language lacks. A language that is listed as complete lacks none; of the others it is said how
// much they have. No language has a word that English lacks, and each message takes the values that the English one takes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/lib/languages';

const complete = ['en'];

const folder = fileURLToPath(new URL('../../src/messages', import.meta.url));

function messagesOf(code: string): Map<string, string> {
  const path = join(folder, code);
  const all = new Map<string, string>();
  for (const file of existsSync(path) ? readdirSync(path).sort() : []) {
    const page = file.replace(/\.json$/, '');
    const read = JSON.parse(readFileSync(join(path, file), 'utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(read)) all.set(`${page}.${key}`, text);
  }
  return all;
}

/** The names of the values of a message. */
function valuesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1]!))].sort();
}

const english = messagesOf('en');

describe.each(languages.map((language) => language.code))('%s', (code) => {
  const own = messagesOf(code);
  const missing = [...english.keys()].filter((key) => !own.has(key));

  it(`has ${english.size - missing.length} of ${english.size} messages`, () => {
    if (complete.includes(code)) expect(missing).toEqual([]);
    else expect(own.size).toBeLessThanOrEqual(english.size);
  });

  it('has no message that English lacks, and none with other values', () => {
    expect([...own.keys()].filter((key) => !english.has(key))).toEqual([]);
    const differing = [...own].filter(([key, text]) => english.has(key) && valuesOf(text).join() !== valuesOf(english.get(key)!).join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });
});

it('has a message for every key that a page names', () => {
  const source = fileURLToPath(new URL('../../src', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|ts)$/.test(file));
  const named = files.flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1]!));
  expect(named.length).toBeGreaterThan(50);
  expect([...new Set(named)].filter((key) => !english.has(key))).toEqual([]);
});
