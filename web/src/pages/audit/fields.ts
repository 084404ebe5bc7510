// What the log says that somebody was shown of a record, in the reader's language: "record", "price:generalised".
import { compareText } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import { fieldName } from '../../lib/record_words';

const whole = 'record';

function titleOf(key: string, type: string): string {
  if (key === whole) return t('audit.field.record');
  return key === 'owners_side' ? t('audit.field.ownersSide') : fieldName(key, type);
}

function shownText(name: string, type: string): string {
  const [key = '', disclosure = ''] = name.split(':');
  const field = titleOf(key, type);
  if (disclosure === 'generalised') return t('audit.field.generalised', { field });
  return disclosure === 'exists' ? t('audit.field.exists', { field }) : field;
}

/** The record itself first, then its fields by their titles. `type` of the record; empty: not known. */
export function shownTexts(names: readonly string[], type = ''): string[] {
  const fields = names.filter((name) => name !== whole).map((name) => shownText(name, type));
  return [...(names.includes(whole) ? [titleOf(whole, type)] : []), ...fields.sort(compareText)];
}
