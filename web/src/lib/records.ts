// Records as a reader sees them: a field is its value, less than its value, or only that there is one.
import type { Schemas } from './api';
import { day, money, number } from './format';
import { has, t } from './i18n.svelte';
import { choiceName, className, propertyName, unitName } from './record_words';
import type { Sheet } from './save_answer';
import { stateName } from './states';

export type RecordType = Schemas['RecordTypes']['types'][number];
export type Field = RecordType['fields'][number];
export interface Property {
  value?: number | string | boolean;
  unit?: string;
  disclosure?: 'exists' | 'generalised';
}
export type FieldValue =
  | string
  | number
  | boolean
  | string[]
  | { disclosure: 'exists' | 'generalised'; value?: unknown }
  | { [property: string]: Property }
  | null
  | undefined;
export interface SeenRecord {
  id: string;
  type: string;
  owner: string;
  /** That speaks for itself in the record: only the owner's side is told. */
  organisation?: string;
  fields: { [key: string]: FieldValue };
}

/** Fields that every record may have: where it comes from, and how sure that is. */
export const provenance = ['source', 'period', 'confidence', 'note'];

export function isHidden(value: FieldValue): value is { disclosure: 'exists' } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value['disclosure'] === 'exists';
}

export function isGeneralised(value: FieldValue): value is { disclosure: 'generalised'; value: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value['disclosure'] === 'generalised';
}

/** Properties by key; empty for what is no set of properties. */
export function propertiesOf(record: SeenRecord): [string, Property][] {
  const value = record.fields['properties'];
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'disclosure' in value) return [];
  return Object.entries(value as { [key: string]: Property });
}

export function propertyText(property: Property): string {
  if (property.disclosure === 'exists') return t('shell.hidden');
  const value = property.value;
  const written = typeof value === 'number' ? number(value, 6) : typeof value === 'boolean' ? t(value ? 'shell.yes' : 'shell.no') : choiceName(String(value ?? ''));
  return property.unit ? `${written} ${unitName(property.unit)}` : written;
}

/** The band of a figure is two ends of it; years and codes are cut to what is shown, and have no thousands. */
function bandText(band: string, kind: Field['kind'] | undefined): string {
  if (kind === 'code' || kind === 'date') return band;
  const ends = /^(-?[\d.]+) to (-?[\d.]+)$/.exec(band);
  if (ends && has('records.band')) return t('records.band', { low: number(Number(ends[1]), 6), high: number(Number(ends[2]), 6) });
  return band.replace(/\d{4,}/g, (digits) => number(Number(digits)));
}

/** A text that the server knows the meaning of, in words; any other as it is. */
export function wordText(text: string, field?: Field): string {
  if (field?.kind === 'state') return stateName(text);
  if (field?.key === 'class') return className(text);
  // The period of what a record says may be a year or a quarter, too.
  if ((field?.kind === 'date' || field?.key === 'period') && /^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
  return field?.kind === 'choice' ? choiceName(text) : text;
}

/** "50: 92000": from so many pieces on one costs so much; in order of the pieces. */
export function breaksOf(value: FieldValue): { from: number; price: number }[] {
  if (!Array.isArray(value)) return [];
  return value
    .map((line) => line.split(':').map(Number))
    .filter((parts): parts is [number, number] => parts.length === 2 && parts.every((part) => part >= 0))
    .map(([from, price]) => ({ from, price }))
    .sort((a, b) => a.from - b.from);
}

/** A value in words. `field` says what kind it is, where that is known. */
export function valueText(value: FieldValue, field?: Field): string {
  if (value === null || value === undefined) return t('shell.unknown');
  if (isHidden(value)) return t('shell.hidden');
  if (isGeneralised(value)) {
    const band = bandText(String(value.value), field?.kind);
    // Of several values it is their number that is shown.
    if (field?.several) return t('shell.about.number', { value: band });
    return t('shell.about', { value: field?.of && field.kind !== 'code' ? `${band} ${unitName(field.of)}` : band });
  }
  if (typeof value === 'boolean') return t(value ? 'shell.yes' : 'shell.no');
  if (Array.isArray(value)) return linesOf(value, field).join('; ');
  if (typeof value === 'number') return field?.of === 'USD' ? money(value) : number(value, 6) + (field?.of ? ` ${unitName(field.of)}` : '');
  if (typeof value === 'string') return wordText(value, field);
  return Object.entries(value as { [key: string]: Property })
    .map(([key, property]) => `${propertyName(key)}: ${propertyText(property)}`)
    .join('; ');
}

/** The lines of a field that takes several, in words. */
export function linesOf(value: string[], field?: Field): string[] {
  const breaks = field?.key === 'price_breaks' ? breaksOf(value) : [];
  return breaks.length > 0 ? breaks.map((one) => t('shell.priceBreak', { n: one.from, price: number(one.price) })) : value.map((line) => wordText(line, field));
}

export type RecordBody = Record<string, Exclude<FieldValue, null | undefined>>;

/** A record that its owner sees, as it is written again: without what is not known. */
export function bodyOf(record: SeenRecord): RecordBody {
  return Object.fromEntries(Object.entries(record.fields).filter(([, value]) => value !== null && value !== undefined)) as RecordBody;
}

/** What a record is called. */
export function nameOf(record: SeenRecord): string {
  const name = record.fields['name'] ?? record.fields['item'];
  return typeof name === 'string' ? name : record.id;
}

/** Identifiers of other records that a record names. */
export function referencesOf(record: SeenRecord, type: RecordType | undefined): string[] {
  return (type?.fields ?? []).filter(isReference).flatMap((field) => {
    const value = record.fields[field.key];
    return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && isIdentifier(one));
  });
}

/** An item of a need is one of the catalogue, or words. */
export const isReference = (field: Field): boolean => field.kind === 'reference' || field.key === 'item';

export const isIdentifier = (text: string): boolean => /^[A-Z]{3}\.\S+$/.test(text);

/** Records as tables: one for each type, with a column for each field that any of them shows. */
export function sheetsOf(records: SeenRecord[], types: RecordType[]): Sheet[] {
  return types.flatMap((type) => {
    const own = records.filter((record) => record.type === type.key);
    const fields = type.fields.filter((field) => own.some((record) => record.fields[field.key] !== undefined));
    const head = [t('shell.identifier'), t('shell.state'), ...fields.map((field) => field.title)];
    const cell = (record: SeenRecord, field: Field) => {
      const value = record.fields[field.key];
      // A table may be read again: days stand in it as they are written.
      if (typeof value === 'number' || (field.kind === 'date' && typeof value === 'string')) return value;
      return value === undefined || value === null ? '' : valueText(value, field);
    };
    const rows = own.map((record) => [record.id, stateName(record.owner), ...fields.map((field) => cell(record, field))]);
    return own.length > 0 ? [{ name: type.title, head, rows }] : [];
  });
}
