import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import type { SeenRecord } from '../../src/lib/records';
import type { Scenario } from '../../src/pages/shock/scenario';
import { changedFields, fieldsOf, inTexts, scenarioOf } from '../../src/pages/shock/shared';

const folder = fileURLToPath(new URL('../../../data/scenarios', import.meta.url));
const episodes = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Scenario);

const recordWith = (fields: object): SeenRecord => ({ id: 'MYS.a', type: 'scenario', owner: 'MYS', fields: fields as SeenRecord['fields'] });

const small: Scenario = {
  id: 'small',
  title: 'A halt',
  description: 'a drill',
  start: '2027-01-01',
  horizon_days: 364,
  events: [{ id: 'e', kind: 'halt', target: { origins: ['CHN'] } }],
};

describe('a scenario as a record', () => {
  it.each(episodes.map((one) => [one.id, one] as const))('keeps %s whole', (_, episode) => {
    expect(scenarioOf(recordWith(fieldsOf(episode)))).toEqual(episode);
  });

  it('has what stands in a list in fields of its own, and nowhere else', () => {
    const fields = fieldsOf(small);
    expect(fields).toMatchObject({ name: 'A halt', about: 'a drill', start: '2027-01-01', horizon_days: 364 });
    expect(Object.keys(JSON.parse((fields['content'] as string[]).join('')))).toEqual(['id', 'events']);
  });

  it.each(['name', 'start', 'horizon_days', 'content'])('is none that can be opened without %s', (field) => {
    const whole = fieldsOf(small);
    for (const part of [undefined, null, { disclosure: 'exists' }, { disclosure: 'generalised', value: '2027' }]) {
      expect(scenarioOf(recordWith({ ...whole, [field]: part }))).toBeUndefined();
    }
  });

  it('can be opened without what it is about', () => {
    const { about: _about, ...rest } = fieldsOf(small);
    const { description: _description, ...bare } = small;
    expect(scenarioOf(recordWith(rest))).toEqual(bare);
  });

  it.each([[['{"id":']], [['[]']], [['null']], [['{"id":"a","events":{}}']], [['']]])('is not made of %j', (content) => {
    expect(scenarioOf(recordWith({ ...fieldsOf(small), content }))).toBeUndefined();
  });

  it('keeps what else a record says when it is changed', () => {
    const { description: _description, ...bare } = small;
    const record = recordWith({ ...fieldsOf(small), source: 'a drill', confidence: 'E', note: null });
    const changed = changedFields(record, { ...bare, title: 'Another name' });
    expect(changed).toMatchObject({ name: 'Another name', source: 'a drill', confidence: 'E' });
    expect(Object.keys(changed)).not.toContain('about');
    expect(Object.keys(changed)).not.toContain('note');
  });
});

describe('texts that a table takes', () => {
  const long = JSON.stringify({ note: `a | b${' '.repeat(30_000)}é${'กx |'.repeat(5_000)}𝄞`, ids: Array.from({ length: 3_000 }, (_, i) => `รายการ ${i}`) });

  it('are the JSON again when they are joined', () => {
    expect(JSON.parse(inTexts(long).join(''))).toEqual(JSON.parse(long));
  });

  it('have no bar, no blank at an end, no broken letter, and at most 8 000 bytes', () => {
    const texts = inTexts(long);
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) {
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(8_000);
      expect(text).not.toMatch(/^ | $|\||\ufffd/);
    }
  });
});
