// What a firm has said so far, and how it is written as records: each field with the audience that it may have.
import type { Schemas } from '../../lib/api';
import { t } from '../../lib/i18n.svelte';
import type { SeenRecord } from '../../lib/records';
import type { Entry } from './send';

export type ItemClass = Schemas['ItemClasses']['classes'][number];

export interface ProductDraft {
  key: number;
  name: string;
  class: string;
  hs: string;
  price: string;
  lead_time: string;
  fsc: string;
  unspsc: string;
  /** One in each line. */
  certificates: string;
  price_breaks: string;
  properties: Record<string, string>;
}

let count = 0;

export function emptyProduct(): ProductDraft {
  count += 1;
  return { key: count, name: '', class: '', hs: '', price: '', lead_time: '', fsc: '', unspsc: '', certificates: '', price_breaks: '', properties: {} };
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);
const isFigure = (text: string) => /^\d+(\.\d+)?$/.test(text.trim());

/** What is wrong with a product, by field. */
export function problemsOfProduct(product: ProductDraft, classes: ItemClass[]): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!product.name.trim()) problems['name'] = t('profile.product.name.missing');
  if (product.price && !isFigure(product.price)) problems['price'] = t('profile.product.price.wrong');
  if (product.lead_time && !/^\d+$/.test(product.lead_time.trim())) problems['lead_time'] = t('profile.staff.wrong');
  if (product.hs && !/^\d{4}(?:\d\d){0,3}$/.test(product.hs.trim())) problems['hs'] = t('profile.product.hs.wrong');
  if (product.fsc && !/^\d{4}$/.test(product.fsc.trim())) problems['fsc'] = t('profile.product.fsc.wrong');
  if (product.unspsc && !/^\d{8}$/.test(product.unspsc.trim())) problems['unspsc'] = t('profile.product.unspsc.wrong');
  const wrong = linesOf(product.price_breaks).find((line) => !/^[1-9]\d*\s*:\s*\d+(\.\d+)?$/.test(line));
  if (wrong) problems['price_breaks'] = t('profile.product.breaks.wrong', { line: wrong });
  for (const property of classes.find((one) => one.key === product.class)?.properties ?? []) {
    const said = (product.properties[property.key] ?? '').trim();
    const isNumber = property.kind === 'number' || property.kind === 'whole';
    const isOutside = isNumber && said && (!isFigure(said) || Number(said) < (property.least ?? -Infinity) || Number(said) > (property.most ?? Infinity));
    if (isOutside) problems[property.key] = t('profile.property.wrong', { least: property.least ?? 0, most: property.most ?? '…' });
    if (property.required && !said) problems[property.key] = t('profile.property.missing');
  }
  return problems;
}

type Body = Record<string, string | number | boolean | string[]>;

function without(body: Record<string, string | number | boolean | string[] | undefined>): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))) as Body;
}

interface FirmDraft {
  name: string;
  national_number: string;
  address: string;
  roles: string[];
  contact: string;
  staff: string;
}

/** The firm as a record, and who sees less of it. What the profile does not ask for stays as it is; contact and staff are never for everyone. */
export function firmBody(firm: FirmDraft, capabilities: string[], audience: string, before?: SeenRecord): Entry {
  const kept = before ? (Object.fromEntries(Object.entries(before.fields).filter(([, value]) => value !== null && value !== undefined)) as Body) : {};
  const body = without({
    ...kept,
    name: firm.name.trim(),
    national_number: firm.national_number.trim(),
    address: firm.address.trim(),
    roles: firm.roles,
    capabilities,
    contact: firm.contact.trim(),
    staff: firm.staff.trim() ? Number(firm.staff) : undefined,
  });
  return { body, fields: audience === 'public' ? { contact: 'ASEAN', staff: 'ASEAN:generalised' } : {} };
}

export function productBody(product: ProductDraft, audience: string, classes: ItemClass[]): Entry {
  const properties = classes.find((one) => one.key === product.class)?.properties ?? [];
  const body = without({
    name: product.name.trim(),
    kind: 'item of production',
    class: product.class,
    hs: product.hs.trim(),
    fsc: product.fsc.trim(),
    unspsc: product.unspsc.trim(),
    certificates: linesOf(product.certificates),
    price_breaks: linesOf(product.price_breaks),
    price: product.price ? Number(product.price) : undefined,
    lead_time: product.lead_time ? Number(product.lead_time) : undefined,
    properties: properties.flatMap((property) => {
      const said = (product.properties[property.key] ?? '').trim();
      return said ? [`${property.key}: ${said}${property.unit ? ` ${property.unit}` : ''}`] : [];
    }),
  });
  const band = 'ASEAN:generalised';
  return { body, fields: audience === 'nobody' ? {} : { price: band, ...(body['price_breaks'] ? { price_breaks: band } : {}) } };
}
