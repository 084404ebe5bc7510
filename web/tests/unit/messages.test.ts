// Each language against English: one that is marked as complete lacks no message, none has a message that English
// lacks, and every message can be read. ADIC_LANGUAGES=id,th vitest run messages: as if these were marked.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/lib/languages';
import { missingFrom, problemsOf, problemsOfMessage, type Messages } from './message-check';

const folder = fileURLToPath(new URL('../../src/messages', import.meta.url));
const wanted = (process.env['ADIC_LANGUAGES'] ?? '').split(',');

function messagesOf(code: string): Messages {
  const path = join(folder, code);
  const all: Messages = new Map();
  for (const file of existsSync(path) ? readdirSync(path).sort() : []) {
    const page = file.replace(/\.json$/, '');
    const read = JSON.parse(readFileSync(join(path, file), 'utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(read)) all.set(`${page}.${key}`, text);
  }
  return all;
}

const english = messagesOf('en');

describe.each(languages)('$name', ({ code, locale, isComplete }) => {
  const own = messagesOf(code);
  const missing = missingFrom(own, english);

  it(`has ${english.size - missing.length} of ${english.size} messages`, () => {
    expect(isComplete || wanted.includes(code) ? missing : []).toEqual([]);
  });

  it('has only messages that English has, with the same values, that can be read', () => {
    expect(problemsOf(own, english, locale)).toEqual([]);
  });
});

it('has no folder of a language that nobody can choose', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map((entry) => entry.name).filter((name) => !languages.some((language) => language.code === name))).toEqual([]);
});

it('has a message for every key that a page names', () => {
  const source = fileURLToPath(new URL('../../src', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(svelte|ts)$/.test(file));
  const named = files.flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\b(?:t|frame)\(\s*'([\w.-]+)'/g)].map((match) => match[1]!));
  expect(named.length).toBeGreaterThan(50);
  expect([...new Set(named)].filter((key) => !english.has(key))).toEqual([]);
});

describe('the check', () => {
  it('names what a language lacks', () => {
    expect(missingFrom(new Map([['a.one', 'satu']]), new Map([['a.one', 'one'], ['a.two', 'two']]))).toEqual(['a.two']);
  });

  it('names what English lacks', () => {
    expect(problemsOf(new Map([['a.old', 'lama']]), new Map(), 'id')).toEqual(['a.old: English has no such message']);
  });

  const rows = '{n, plural, one {# row} other {# rows}}';
  it.each([
    ['id', '{n, plural, other {# baris}}', rows],
    ['id', '{n} baris', rows],
    ['pt-PT', '{n, plural, one {# linha} other {# linhas}}', rows],
    ['id', 'tentang {who}: {n, plural, =0 {tidak ada} other {# baris}}', '{n, plural, =0 {nothing} one {{who}} other {# of {who}}}'],
    ['id', '{part, percent}', '{part, percent}'],
  ])('lets stand in %s: %s', (locale, own, wants) => {
    expect(problemsOfMessage(own, wants, locale)).toEqual([]);
  });

  it.each([
    ['id', '', 'Save', 'it is empty'],
    ['id', 'Simpan', 'Save {name}', '{name} is missing'],
    ['id', 'Simpan {nama}', 'Save {name}', '{name} is missing'],
    ['id', 'Simpan {what}', 'Save', 'English has no {what}'],
    ['id', 'Simpan {name', 'Save {name}', 'the value name is not closed'],
    ['id', 'Simpan name}', 'Save {name}', 'a brace closes that was not opened'],
    ['id', 'Simpan {}', 'Save', 'a value is {name}, {name, KIND} such as number or percent, {name, plural, …} or {name, select, …}'],
    ['id', '{n, jamak, other {#}}', rows, 'a value is {name}, {name, KIND} such as number or percent, {name, plural, …} or {name, select, …}'],
    ['id', '# baris {n}', rows, 'a # stands outside a plural'],
    ['id', '{n, plural, one {# baris} other {# baris}}', rows, 'the language has no plural one'],
    ['pt-PT', '{n, plural, one {# linha}}', rows, '{n} has no branch other'],
    ['pt-PT', '{n, plural, one {# linha} other {# linhas}', rows, 'the value n is not closed'],
    ['pt-PT', '{n, plural, one {# linha} one {# linhas} other {#}}', rows, 'two branches one'],
    ['id', '{n, plural, other {# hasil}}', '{n, plural, =0 {none} one {one} other {#}}', '{n} has no branch =0'],
    ['id', '{n} hasil', '{n, plural, =0 {none} one {one} other {#}}', '{n} is of another kind'],
    ['id', '{part} bagian', '{part, percent}', '{part} is of another kind'],
    ['id', '{n, plural, other {# hal}}', '{n} items', '{n} is of another kind'],
  ])('objects in %s to: %s', (locale, own, wants, problem) => {
    expect(problemsOfMessage(own, wants, locale)).toContain(problem);
  });
});
