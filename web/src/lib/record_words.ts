// Types of records, classes of items and what stands in their fields, in the reader's language. The server names them in
// English; messages/LANGUAGE/records.json has them by their keys: `type.KEY`, `field.KEY`, `class.KEY`, `property.KEY`, and
// `TYPE.KEY` or `CLASS.KEY` where a field or property is called otherwise there; `choice.VALUE` and `unit.UNIT`.
// helps.json has the helps by the same keys: it is long, and only the pages that show forms load it.
import type { Outcome, Schemas } from './api';
import { has, loadMessages, t } from './i18n.svelte';

type Types = Schemas['RecordTypes'];
type RecordType = Types['types'][number];
type Field = RecordType['fields'][number];
type Classes = Schemas['ItemClasses'];
type ItemClass = Classes['classes'][number];

/** A field, with the name that the server gives it beside that in the reader's language: sheets may have either. */
export type NamedField = Field & { english?: string };
/** The same of a class. */
export type NamedClass = ItemClass & { english: string };

const word = (keys: string[], otherwise: string) => {
  const key = keys.find(has);
  return key ? t(key) : otherwise;
};

/** "letter of intent" is `letter-of-intent` in a key. */
export const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export const choiceName = (choice: string): string => word([`records.choice.${slug(choice)}`], choice);

/** Units of measure stay as they are; words among them are said. */
export const unitName = (unit: string): string => word([`records.unit.${slug(unit)}`], unit);

/** "patrol-vessel" of "patrol-vessel/1". */
const withoutVersion = (itemClass: string) => itemClass.split('/')[0] ?? itemClass;

/** With the key behind it, by which it is written in a record. */
export function className(itemClass: string): string {
  const key = `records.class.${withoutVersion(itemClass)}`;
  return has(key) ? t('records.class', { name: t(key), id: itemClass }) : itemClass;
}

export const propertyName = (key: string, itemClass = '', otherwise = key): string =>
  word([`records.${withoutVersion(itemClass)}.${key}`, `records.property.${key}`], otherwise);

/** A field by its key alone; `type`, where it is known, may call it otherwise. Requires: the messages of `records` are there. */
export function fieldName(key: string, type = ''): string {
  if (key.startsWith('properties.')) return propertyName(key.slice('properties.'.length));
  return word([`records.${type}.${key}`, `records.field.${key}`, `shell.provenance.${key}`], key);
}

export function named(type: RecordType): RecordType {
  const fields = type.fields.map((field): NamedField => {
    const keys = [`${type.key}.${field.key}`, `field.${field.key}`];
    return {
      ...field,
      english: field.title,
      title: word(keys.map((key) => `records.${key}`), field.title),
      help: word(keys.map((key) => `helps.${key}`), field.help ?? ''),
    };
  });
  return { ...type, title: word([`records.type.${type.key}`], type.title), help: word([`helps.type.${type.key}`], type.help), fields };
}

function namedClass(one: ItemClass): NamedClass {
  const properties = one.properties.map((property) => ({ ...property, title: propertyName(property.key, one.key, property.title) }));
  return { ...one, english: one.title, title: word([`records.class.${one.key}`], one.title), properties };
}

/** The answer of the server with its types in the reader's language. `part` is a part of the messages beside records. */
export async function inWords(asked: Promise<Outcome<Types>>, part = 'records'): Promise<Outcome<Types>> {
  const [outcome] = await Promise.all([asked, loadMessages('records'), loadMessages(part)]);
  return outcome.ok ? { ...outcome, data: { ...outcome.data, types: outcome.data.types.map(named) } } : outcome;
}

/** The same of classes of items. */
export async function classesInWords(asked: Promise<Outcome<Classes>>): Promise<Outcome<{ classes: NamedClass[] }>> {
  const [outcome] = await Promise.all([asked, loadMessages('records')]);
  return outcome.ok ? { ...outcome, data: { classes: outcome.data.classes.map(namedClass) } } : outcome;
}

/** What a type of records is called. Requires: the messages of `records` are there. */
export function typeName(key: string): string {
  return has(`records.type.${key}`) ? t(`records.type.${key}`) : key;
}
