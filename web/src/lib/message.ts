// Messages: {name} is a value, {name, number} and {name, percent} are written as the language writes them, and
// {name, plural, one {# item} other {# items}} chooses by the language's own plurals. {name, select, none {…} other {…}}
// chooses by the value itself: `none` where there is none.

import { unturned } from './signs';

export type Value = string | number;

const cache = new Map<string, Intl.NumberFormat | Intl.PluralRules>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${locale}${JSON.stringify(options)}`;
  let format = cache.get(key) as Intl.NumberFormat | undefined;
  if (!format) cache.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

function pluralOf(locale: string, value: number): string {
  const key = `p${locale}`;
  let rules = cache.get(key) as Intl.PluralRules | undefined;
  if (!rules) cache.set(key, (rules = new Intl.PluralRules(locale)));
  return rules.select(value);
}

/** Where the brace that opens at `open` is closed. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** How the value of that name is written as a value of that kind; undefined: as values are otherwise. */
export type Write = (name: string, kind: string) => string | undefined;

function branchesOf(options: string): Map<string, string> {
  const branches = new Map<string, string>();
  for (let at = options.indexOf('{'); at >= 0; at = options.indexOf('{', at)) {
    const end = closing(options, at);
    if (end < 0) break;
    const name = options.slice(0, at).trim().split(/\s+/).pop() ?? '';
    branches.set(name, options.slice(at + 1, end));
    at = end;
  }
  return branches;
}

function choose(options: string, value: number, locale: string): string {
  const branches = branchesOf(options);
  const branch = branches.get(`=${value}`) ?? branches.get(pluralOf(locale, value)) ?? branches.get('other') ?? '';
  return branch.replaceAll('#', numberFormat(locale, {}).format(value));
}

function place(inside: string, values: Record<string, Value>, locale: string, write?: Write): string {
  const [name = '', kind = ''] = inside.split(',', 2).map((word) => word.trim());
  const value = values[name];
  const options = inside.slice(inside.indexOf(',', inside.indexOf(',') + 1) + 1);
  if (kind === 'select') {
    const branches = branchesOf(options);
    return format(branches.get(String(value ?? 'none')) ?? branches.get('other') ?? '', values, locale, write);
  }
  if (value === undefined) return `{${name}}`;
  if (kind === 'plural') return format(choose(options, Number(value), locale), values, locale, write);
  const own = write?.(name, kind);
  if (own !== undefined) return unturned(own);
  if (kind === 'percent') return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(Number(value));
  return typeof value === 'number' ? numberFormat(locale, {}).format(value) : unturned(value);
}

export function format(text: string, values: Record<string, Value>, locale: string, write?: Write): string {
  let written = '';
  let from = 0;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
    const end = closing(text, open);
    if (end < 0) break;
    written += text.slice(from, open) + place(text.slice(open + 1, end), values, locale, write);
    from = end + 1;
  }
  return written + text.slice(from);
}
