// A record in a form: each field as text that the registry reads again, what is different between two versions, and what
// becomes of two people's changes to the same record.
import type { TableProblem } from '../../lib/api';
import { bodyOf, valueText, type Field, type FieldValue, type RecordBody, type RecordType, type SeenRecord } from '../../lib/records';
import { commonFields } from './columns';
import { readCell, tooEarly } from './values';

export type Draft = Record<string, string>;

/** All fields of a record but its identifier. */
export function formFields(type: RecordType): Field[] {
  return [...type.fields, ...commonFields().filter((field) => field.key !== 'id')];
}

function textOf(value: FieldValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') {
    return Object.entries(value as Record<string, { value?: string | number | boolean; unit?: string }>)
      .map(([key, property]) => `${key}: ${property.value ?? ''}${property.unit ? ` ${property.unit}` : ''}`)
      .join('\n');
  }
  return String(value);
}

export function draftOf(record: SeenRecord, fields: Field[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.key, textOf(record.fields[field.key])]));
}

/** Fields that the draft has otherwise than the record. */
export function changedKeys(draft: Draft, base: Draft): string[] {
  return Object.keys(draft).filter((key) => (draft[key] ?? '').trim() !== (base[key] ?? '').trim());
}

export function problemsOfDraft(draft: Draft, keys: string[], fields: Field[]): Record<string, string> {
  const early = tooEarly(draft, fields).filter((one) => keys.includes(one.key) || keys.includes(one.other));
  const own = fields.flatMap((field) => {
    const problem = keys.includes(field.key) ? readCell(draft[field.key] ?? '', field, 'point').problem : '';
    return problem ? [[field.key, problem]] : [];
  });
  return Object.fromEntries([...early.map(({ key, problem }) => [key, problem]), ...own]);
}

/** What is written: what changed as it is in the form, everything else exactly as it came. */
export function bodyOfDraft(record: SeenRecord, draft: Draft, keys: string[], fields: Field[]): RecordBody {
  const body = bodyOf(record);
  for (const field of fields.filter((one) => keys.includes(one.key))) {
    const text = readCell(draft[field.key] ?? '', field, 'point').text;
    if (text === '') delete body[field.key];
    else body[field.key] = text;
  }
  return body;
}

/** What is written of a record that is new: what is filled in. */
export function bodyOfNew(draft: Draft, fields: Field[]): RecordBody {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const { text } = readCell(draft[field.key] ?? '', field, 'point');
      return text === '' ? [] : [[field.key, text]];
    }),
  );
}

/** The server's problems at the fields that they are about; those of no field are left out. */
export function problemsOfAnswer(details: TableProblem[], fields: Field[]): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const problem of details) {
    const named = /^field '([^'.]+)[^']*': (.*)$/s.exec(problem.message ?? '');
    const key = problem.column?.split('.')[0] || named?.[1] || '';
    if (fields.some((field) => field.key === key)) problems[key] = named?.[2] ?? problem.message ?? '';
  }
  return problems;
}

export interface Difference {
  key: string;
  title: string;
  before: string;
  after: string;
}

const shown = (value: FieldValue, field: Field) => (value === null || value === undefined ? '' : valueText(value, field));

/** Fields in which two versions differ, in the order of the form. */
export function differencesOf(before: SeenRecord | undefined, after: SeenRecord, fields: Field[]): Difference[] {
  return fields.flatMap((field) => {
    const [old, now] = [shown(before?.fields[field.key], field), shown(after.fields[field.key], field)];
    return old === now ? [] : [{ key: field.key, title: field.title, before: old, after: now }];
  });
}

export interface Merge {
  draft: Draft;
  /** Fields that both changed, each to something else. */
  conflicts: { key: string; mine: string; theirs: string }[];
  /** Fields that the other changed alone. */
  taken: string[];
}

/** Two people's changes to `base`: what only one changed is as he wrote it; of what both changed, mine stands until chosen. */
export function merge(base: Draft, mine: Draft, theirs: Draft): Merge {
  const own = changedKeys(mine, base);
  const others = changedKeys(theirs, base);
  const conflicts = own.filter((key) => others.includes(key) && (mine[key] ?? '').trim() !== (theirs[key] ?? '').trim());
  const draft = { ...theirs };
  for (const key of own) draft[key] = mine[key] ?? '';
  return {
    draft,
    conflicts: conflicts.map((key) => ({ key, mine: mine[key] ?? '', theirs: theirs[key] ?? '' })),
    taken: others.filter((key) => !own.includes(key)),
  };
}
