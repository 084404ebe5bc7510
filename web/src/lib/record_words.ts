// Types of records and their fields in the reader's language. The server names them in English; messages/LANGUAGE/records.json
// has them by their keys: `type.KEY`, `field.KEY`, and `TYPE.KEY` where a field is called otherwise in one type.
import type { Outcome, Schemas } from './api';
import { has, i18n, loadMessages, t } from './i18n.svelte';

type Types = Schemas['RecordTypes'];
type RecordType = Types['types'][number];
type Field = RecordType['fields'][number];

/** A field, with the name that the server gives it beside that in the reader's language: sheets may have either. */
export type NamedField = Field & { english?: string };

const word = (keys: string[], otherwise: string) => {
  const key = keys.map((one) => `records.${one}`).find(has);
  return key ? t(key) : otherwise;
};

export function named(type: RecordType): RecordType {
  const fields = type.fields.map((field): NamedField => ({
    ...field,
    english: field.title,
    title: word([`${type.key}.${field.key}`, `field.${field.key}`], field.title),
  }));
  return { ...type, title: word([`type.${type.key}`], type.title), fields };
}

/** The answer of the server with its types in the reader's language. */
export async function inWords(asked: Promise<Outcome<Types>>): Promise<Outcome<Types>> {
  if (i18n.content.code === 'en') return asked;
  const [outcome] = await Promise.all([asked, loadMessages('records')]);
  return outcome.ok ? { ...outcome, data: { ...outcome.data, types: outcome.data.types.map(named) } } : outcome;
}
