/**
 * Scenarios in the registry (docs/reference/records.md, type scenario): as records are written, and as they are read by those
 * to whom they are shown, in full or in part.
 */

import type { FieldValue, SeenRecord } from '../../lib/records';
import { parseScenario, type Scenario } from './scenario';

export const scenarioType = 'scenario';

const longestText = 8_000;

/** Neither within a letter nor beside a blank, which a table takes away. */
function mayEndAt(bytes: Uint8Array, at: number): boolean {
  const blank = 0x20;
  return (bytes[at]! & 0xc0) !== 0x80 && bytes[at] !== blank && bytes[at - 1] !== blank;
}

/** JSON in texts that the registry takes: joined as they are they are the JSON again. A bar would part them in a table. */
export function inTexts(json: string): string[] {
  const plain = json.replaceAll('|', '\\u007c').replace(/ {2}/g, ' \\u0020');
  const bytes = new TextEncoder().encode(plain);
  const texts: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(bytes.length, from + longestText);
    while (to < bytes.length && !mayEndAt(bytes, to)) to -= 1;
    texts.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to)));
    from = to;
  }
  return texts;
}

export type ScenarioFields = Record<string, string | number | string[]>;

/** The fields of a record that keeps the scenario. */
export function fieldsOf(scenario: Scenario): ScenarioFields {
  const { title, description, start, horizon_days, ...content } = scenario;
  return {
    name: title,
    ...(description ? { about: description } : {}),
    start,
    horizon_days,
    content: inTexts(JSON.stringify(content)),
  };
}

const isText = (value: FieldValue): value is string => typeof value === 'string' && value !== '';

function contentOf(value: FieldValue): object | undefined {
  if (!Array.isArray(value)) return undefined;
  try {
    const content: unknown = JSON.parse(value.join(''));
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** The scenario of a record; empty where not all of it is shown: a part would run as if it were the whole. */
export function scenarioOf(record: SeenRecord): Scenario | undefined {
  const { name, about, start, horizon_days, content } = record.fields;
  const happening = contentOf(content);
  if (!isText(name) || !isText(start) || typeof horizon_days !== 'number' || !happening) return undefined;
  const read = parseScenario(
    JSON.stringify({ ...happening, title: name, ...(isText(about) ? { description: about } : {}), start, horizon_days }),
  );
  return read.ok ? read.scenario : undefined;
}

/** What is written over a record: the scenario, and beside it all that the record said and still says. */
export function changedFields(record: SeenRecord, scenario: Scenario): ScenarioFields {
  const kept = Object.entries(record.fields).filter(([key, value]) => value !== null && value !== undefined && key !== 'about');
  return { ...(Object.fromEntries(kept) as ScenarioFields), ...fieldsOf(scenario) };
}
