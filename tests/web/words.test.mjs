// Words that the program says and a page words anew: every type of record with its fields, their helps and choices, every
// class of items, strait, episode and indicator, and every sentence has its message, and English there is what
// the program says. That the other complete languages have the same messages is held by web/tests/unit/messages.test.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, startServer } from './harness.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const ask = async (path) => (await fetch(server.url(`/api/v1/${path}`))).json();
const messages = (part, language = 'en') => JSON.parse(readFileSync(join(root, `web/src/messages/${language}/${part}.json`), 'utf8'));
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Fails with all that is not said as the program says it; of several keys the first that is there counts. */
function expectSaid(part, said) {
  const own = messages(part);
  const wrong = said.flatMap(([keys, text]) => {
    const key = keys.find((one) => one in own);
    return own[key] === text ? [] : [`${part}.json: ${key ?? keys.join(' or ')} should be “${text}”`];
  });
  assert.deepEqual(wrong, []);
}

test('types of records, their fields and helps', async () => {
  const { types } = await ask('record-types');
  const fields = types.flatMap((type) => type.fields.map((field) => ({ field, keys: [`${type.key}.${field.key}`, `field.${field.key}`] })));
  expectSaid('records', [...types.map((type) => [[`type.${type.key}`], type.title]), ...fields.map(({ field, keys }) => [keys, field.title])]);
  expectSaid('helps', [...types.map((type) => [[`type.${type.key}`], type.help]), ...fields.map(({ field, keys }) => [keys, field.help])]);
});

test('choices and units of fields', async () => {
  const { types } = await ask('record-types');
  const own = messages('records');
  const fields = types.flatMap((type) => type.fields);
  // One letter is a grade, and "demand.quantity" the name of a field.
  const choices = fields.flatMap((field) => (field.kind === 'choice' ? field.choices : [])).filter((choice) => choice.length > 1);
  const units = fields.filter((field) => ['number', 'whole'].includes(field.kind) && field.of).map((field) => field.of).filter((unit) => unit !== 'USD' && unit !== '%');
  const missing = [...choices.map((choice) => `choice.${slug(choice)}`), ...units.map((unit) => `unit.${slug(unit)}`)].filter((key) => !(key in own));
  assert.deepEqual([...new Set(missing)], []);
});

test('classes of items, their properties and choices', async () => {
  const { classes } = await ask('item-classes');
  const latest = classes.filter((one) => one.latest);
  const properties = latest.flatMap((one) => one.properties.map((property) => [[`${one.key}.${property.key}`, `property.${property.key}`], property.title]));
  expectSaid('records', [...latest.map((one) => [[`class.${one.key}`], one.title]), ...properties]);
  const own = messages('records');
  // Roman numerals and letters are levels of a standard.
  const choices = latest.flatMap((one) => one.properties.flatMap((property) => property.choices ?? [])).filter((choice) => /[a-z]/.test(choice));
  assert.deepEqual([...new Set(choices)].filter((choice) => !(`choice.${slug(choice)}` in own)), []);
});

test('straits, episodes and indicators', async () => {
  const { straits } = await ask('analyses/straits');
  const { episodes } = await ask('analyses/shock');
  const { methods } = await ask('analyses/indicators');
  const told = await Promise.all(episodes.map((one) => ask(`analyses/shock-episode?scenario=${one.episode}`)));
  expectSaid('library', [
    ...straits.map((one) => [[`strait.${one.strait}`], one.name]),
    ...episodes.map((one) => [[`episode.${one.episode}`], one.title]),
    ...episodes.map((one, at) => [[`episode.${one.episode}.about`], told[at].description]),
    ...methods.map((one) => [[`indicator.${one.indicator}`], one.title]),
  ]);
});

test('states that are called otherwise than Intl does', () => {
  const [, ...states] = readFileSync(join(root, 'data/reference/states.csv'), 'utf8').trim().split('\n');
  const said = states.map((line) => /^([^,]*),(?:"([^"]*)"|([^,]*))/.exec(line)).map(([, id, quoted, plain]) => [[`state.${id}`], quoted ?? plain]);
  expectSaid('shell', said.filter(([[key]]) => key in messages('shell')));
});

test('rules of origin that come with the program', () => {
  const [, ...rules] = readFileSync(join(root, 'data/procure/origin/rules.csv'), 'utf8').trim().split('\n');
  expectSaid('buying', rules.map((line) => /^([^,]*),(?:"([^"]*)"|([^,]*))/.exec(line)).map(([, id, quoted, plain]) => [[`origin.rule.${id}`], quoted ?? plain]));
});

/** Where the brace that opens at `open` is closed. */
function closing(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return at;
  }
  return text.length;
}

/** What stands in braces of the text, not what stands in those again. */
function braced(text) {
  const found = [];
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', closing(text, open))) found.push(text.slice(open + 1, closing(text, open)));
  return found;
}

/** The places of a saying with their kinds, in the branches of a choice, too; a number may stand for a plural. */
function placesOf(text) {
  const places = braced(text).flatMap((inside) => {
    const [, name, kind = '', options = ''] = /^(\w+)(?:, (\w+))?(?:,(.*))?$/s.exec(inside);
    return [`${name} ${kind === 'plural' ? 'number' : kind}`.trim(), ...braced(options).flatMap(placesOf)];
  });
  return [...new Set(places)].sort();
}

test('sentences, in every complete language, with the values of the program at their places', async () => {
  const { components } = await ask('openapi.json');
  const { enum: codes, 'x-english': english } = components.schemas.Sentence.properties.code;
  assert.ok(codes.length > 100);
  const wrong = ['en', 'id', 'ms', 'th', 'vi'].flatMap((language) => {
    const own = messages('said', language);
    const unsaid = codes.filter((code) => !own[code]);
    const unknown = Object.keys(own).filter((code) => !codes.includes(code));
    const other = codes.filter((code, at) => own[code] && placesOf(own[code]).join() !== placesOf(english[at]).join());
    return [...unsaid.map((code) => `${language}: ${code} is missing`), ...unknown.map((code) => `${language}: the program does not say ${code}`), ...other.map((code) => `${language}: ${code} has other places`)];
  });
  assert.deepEqual(wrong, []);
});

test('sentences in English are those of the program', async () => {
  const { components } = await ask('openapi.json');
  const { enum: codes, 'x-english': english } = components.schemas.Sentence.properties.code;
  expectSaid('said', codes.map((code, at) => [[code], english[at].replace(/(^|[^{\w])'([^']*)'/g, '$1“$2”')]));
});
