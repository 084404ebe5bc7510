// A cell as the registry takes it. What can be read in one way only is rewritten ("Indonesia" is IDN, "1,250.50" is 1250.5);
// what can be read in two ways is a problem, and it is said what would be right.
import { t } from '../../lib/i18n.svelte';
import { wrongSign } from '../../lib/signs';
import { states } from '../../lib/states';
import { choiceName } from '../../lib/record_words';
import type { Field } from '../../lib/records';
import { folded } from '../catalogue/search';

export interface Read {
  /** What is sent. */
  text: string;
  /** What is wrong, and what would be right; empty: nothing. */
  problem: string;
  /** The key of what is wrong. */
  why?: string;
}

const fine = (text: string): Read => ({ text, problem: '' });
const wrong = (text: string, key: string, values: Record<string, string | number> = {}): Read => ({ text, problem: t(`data.cell.${key}`, values), why: key });

/** Words without accents, signs and what stands in brackets. */
export const plain = (text: string): string =>
  folded(text)
    .replaceAll('đ', 'd')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Zeros of the digits that the region writes: Thai, Lao, Burmese and Khmer. */
const zeros = [0x0e50, 0x0ed0, 0x1040, 0x17e0];
const plainDigits = (text: string): string =>
  text.replace(/[๐-๙໐-໙၀-၉០-៩]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - zeros.find((zero) => code >= zero && code <= zero + 9)!);
  });

const otherNames: Record<string, string> = {
  'viet nam': 'VNM', vietnam: 'VNM', laos: 'LAO', burma: 'MMR', brunei: 'BRN', 'east timor': 'TLS', usa: 'USA', us: 'USA',
  'united states': 'USA', uk: 'GBR', 'south korea': 'KOR', korea: 'KOR', russia: 'RUS', taiwan: 'TWN', 'hong kong': 'HKG', turkey: 'TUR',
};
const byName = new Map(states.map((state) => [plain(state.name), state.id]));
const ids = new Set(states.map((state) => state.id));

/** The code of a state by its code or name; empty: none. */
export function stateOf(cell: string): string {
  const upper = cell.toUpperCase();
  return ids.has(upper) ? upper : (byName.get(plain(cell)) ?? otherNames[plain(cell)] ?? '');
}

function readState(cell: string): Read {
  const id = stateOf(cell);
  return id ? fine(id) : wrong(cell, 'state');
}

/** How many days a word of time is, in English and in languages of the region: a month is taken as 30 days, a year as 365. */
const timeWords: [number, string[]][] = [
  [1, ['d', 'day', 'days', 'hari', 'ngay', 'วัน', 'dia', 'dias', 'araw', 'ມື້', 'ថ្ងៃ', 'ရက်', '天', '日']],
  [7, ['w', 'wk', 'wks', 'week', 'weeks', 'minggu', 'tuan', 'สัปดาห์', 'semana', 'semanas', 'linggo', 'ອາທິດ', 'សប្តាហ៍', 'ပတ်', '周']],
  [30, ['m', 'mo', 'mos', 'mth', 'mths', 'month', 'months', 'bulan', 'thang', 'เดือน', 'mes', 'meses', 'buwan', 'ເດືອນ', 'ខែ', 'လ', '月', '个月']],
  [365, ['y', 'yr', 'yrs', 'year', 'years', 'tahun', 'nam', 'ปี', 'ano', 'anos', 'taon', 'ປີ', 'ឆ្នាំ', 'နှစ်', '年']],
];
const daysOfWord = new Map(timeWords.flatMap(([days, words]) => words.map((word): [string, number] => [folded(word), days])));

/** "12 weeks", "30 days", "2 months", "8-10 weeks" (the longer) as days; null: no time, or a number that says no unit and is no whole one. */
export function daysOf(cell: string): number | null {
  const said = folded(plainDigits(cell)).trim();
  if (/^\d{1,5}$/.test(said)) return Number(said);
  const found = /^(?:(?:about|approx|ca|~|±)\.?\s*)?(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:-|–|to|s\/d|hingga|den)\s*)?(\d{1,4}(?:[.,]\d{1,2})?)\s*-?\s*(\p{L}+)\.?(?:\s*\(?aro\)?)?$/u.exec(said);
  const unit = found && daysOfWord.get(found[3]!);
  if (!unit) return null;
  return Math.ceil(Number((found[2] ?? '').replace(',', '.')) * unit - 1e-9);
}

/** What stands before the decimals of a column's numbers; unknown: "1.250" can be two numbers. */
export type DecimalMark = 'point' | 'comma' | 'unknown';

const bareNumber = (cell: string) => plainDigits(cell).replace(/[\s\u00a0\u202f'%]/g, '').replace(/^(?:USD|US\$|\$)|(?:USD|US\$|\$)$/g, '');

/** Money that is no US dollars, by its words and signs. */
const currencyWords = new Set(['rp', 'idr', 'rupiah', 'rm', 'myr', 'ringgit', 'thb', 'baht', 'vnd', 'php', 'peso', 'pesos', 'sgd', 'bnd', 'khr', 'riel', 'lak', 'kip', 'mmk', 'kyat', 'ks', 'eur', 'euro', 'gbp', 'jpy', 'cny', 'rmb', 'krw', 'aud', 'inr']);
export const isOtherMoney = (text: string): boolean =>
  /[฿₫₱₭៛€£¥₩₹]|(?<!U)S\$|[AB]\$|บาท|ກີບ|រៀល|ကျပ်|\d\s*đ|\(đ(?:ồng)?\)/i.test(text) || (text.toLowerCase().match(/[a-z]+/g) ?? []).some((word) => currencyWords.has(word));

/** The mark of a number that can be read in one way only. */
function markOf(bare: string): DecimalMark {
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(bare) || /^-?\d{1,3}(,\d{3}){2,}$/.test(bare) || /^-?(\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+)$/.test(bare)) return 'point';
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(bare) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(bare) || /^-?(\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+)$/.test(bare)) return 'comma';
  return 'unknown';
}

/** What the numbers of a column have in common: those that can be read in one way say how the others are read. */
export function decimalMark(cells: string[]): DecimalMark {
  const marks = new Set(cells.map((cell) => markOf(bareNumber(cell))));
  if (marks.has('point') === marks.has('comma')) return 'unknown';
  return marks.has('point') ? 'point' : 'comma';
}

/** "1,250.5", "1.250,5" and "1 250" as 1250.5 and 1250; empty: no number, or two. */
export function plainNumber(cell: string, column: DecimalMark = 'unknown'): string {
  const bare = bareNumber(cell);
  if (/^-?\d+$/.test(bare) || /^-?\d+(\.\d+)?[eE][+-]?\d+$/.test(bare)) return bare;
  const own = markOf(bare);
  const mark = isTwoNumbers(bare) ? column : own;
  if (mark === 'point') return bare.replaceAll(',', '');
  return mark === 'comma' ? bare.replaceAll('.', '').replace(',', '.') : '';
}

/** Whether a number can be two: "1,250". */
export const isTwoNumbers = (cell: string): boolean => /^-?\d{1,3}[.,]\d{3}$/.test(bareNumber(cell)) && markOf(bareNumber(cell)) === 'unknown';

/** A part of something, from 0 to 1: it may be written as a percentage. */
const isShare = (field: Field) => field.least === 0 && field.most === 1;
const isOutside = (value: number, field: Field) => value < (field.least ?? -Infinity) || value > (field.most ?? Infinity);

function readNumber(cell: string, field: Field, column: DecimalMark): Read {
  if (field.of === 'USD' && isOtherMoney(cell)) return wrong(cell, 'money');
  const days = field.of === 'days' && /\p{L}/u.test(cell) ? daysOf(cell) : null;
  if (days !== null) return fine(String(days));
  const number = plainNumber(cell, column);
  if (number === '') {
    const two = /^-?(\d{1,3})[.,](\d{3})$/.exec(bareNumber(cell));
    return two ? wrong(cell, 'number.two', { one: `${two[1]}${two[2]}`, other: `${two[1]}.${two[2]}0` }) : wrong(cell, 'number');
  }
  const isPercent = /%$/.test(cell);
  if (isPercent && !isShare(field)) return wrong(cell, 'number');
  const value = isPercent ? String(Number((Number(number) / 100).toPrecision(12))) : number;
  if (field.kind === 'whole' && !/^\d+$/.test(value)) return wrong(cell, 'whole');
  if (isOutside(Number(value), field)) return isShare(field) ? wrong(cell, 'share') : wrong(cell, 'least', { least: field.least ?? 0 });
  return fine(value);
}

const isDay = (year: number, month: number, day: number) => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};
const written = (year: number, month: number, day: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function readDay(cell: string): Read {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?$/.exec(cell);
  if (iso) {
    const [year, month, day] = iso.slice(1, 4).map(Number) as [number, number, number];
    return isDay(year, month, day) ? fine(written(year, month, day)) : wrong(cell, 'day.none');
  }
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(cell);
  if (other) {
    const [first, second, year] = other.slice(1, 4).map(Number) as [number, number, number];
    const ways = [...new Set([[second, first], [first, second]].filter(([month, day]) => isDay(year, month!, day!)).map(([month, day]) => written(year, month!, day!)))];
    if (ways.length === 1) return fine(ways[0]!);
    return ways.length === 2 ? wrong(cell, 'day.two', { one: ways[0]!, other: ways[1]! }) : wrong(cell, 'day.none');
  }
  return wrong(cell, 'day');
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'ya', 'oo', 'sim', 'co']);
const no = new Set(['no', 'n', 'false', '0', 'tidak', 'hindi', 'nao', 'khong']);

function readChoice(cell: string, choices: string[]): Read {
  const found = choices.find((choice) => [choice, choiceName(choice)].map(plain).includes(plain(cell)));
  return found ? fine(found) : wrong(cell, 'choice', { choices: choices.map(choiceName).join(', ') });
}

/** Several values stand in lines of one cell, or with bars between them; what has no semicolon in it, with semicolons. */
function readSeveral(cell: string, field: Field, column: DecimalMark): Read {
  const mayHaveSemicolon = field.kind === 'text' || field.kind === 'properties';
  const parts = cell.split(mayHaveSemicolon ? /\n|\|/ : /\n|\||;/).map((part) => part.trim()).filter(Boolean);
  const read = parts.map((part) => readOne(part, { ...field, several: false }, column));
  const problem = read.find((one) => one.problem)?.problem ?? '';
  return { text: read.map((one) => one.text).join('|'), problem };
}

/** "8525.60" is 852560: tariffs are printed with dots. */
function readCode(cell: string, field: Field): Read {
  const code = field.of === 'HS' ? cell.replace(/[.\s]/g, '') : cell;
  const fewest = field.fewest_characters ?? 0;
  return code.length < fewest ? wrong(cell, 'short', { n: fewest }) : fine(code);
}

function readOne(cell: string, field: Field, column: DecimalMark): Read {
  switch (field.kind) {
    case 'state':
      return readState(cell);
    case 'number':
    case 'whole':
      return readNumber(cell, field, column);
    case 'date':
      return readDay(plainDigits(cell));
    case 'code':
      return readCode(plainDigits(cell), field);
    case 'yes_no':
      return yes.has(plain(cell)) ? fine('yes') : no.has(plain(cell)) ? fine('no') : wrong(cell, 'yes_no');
    case 'choice':
      return readChoice(cell, field.choices ?? []);
    default:
      return field.key === 'unit' && isAmount(cell) ? wrong(cell, 'unit') : fine(cell);
  }
}

/** A number, with or without what it is an amount of: none of it is a unit. */
const isAmount = (cell: string) => /^[\d.,]+$/.test(bareNumber(cell)) || (isOtherMoney(cell) && /\d/.test(plainDigits(cell)));

/** Dates of a record that are before one that they follow. */
export function tooEarly(record: Record<string, string>, fields: Field[]): { key: string; other: string; problem: string }[] {
  return fields.flatMap((field) => {
    const [day, other] = [record[field.key] ?? '', record[field.not_before ?? ''] ?? ''];
    const isEarly = /^\d{4}-\d\d-\d\d$/.test(day) && /^\d{4}-\d\d-\d\d$/.test(other) && day < other;
    const title = fields.find((one) => one.key === field.not_before)?.title ?? '';
    return isEarly ? [{ key: field.key, other: field.not_before ?? '', problem: t('data.cell.early', { title, day: other }) }] : [];
  });
}

/** A lead time as its head has it: "12" under "Lead time (weeks)" is 12 weeks. */
export function withUnit(cell: string, head: string): string {
  if (!/^\d{1,4}(?:[.,]\d{1,2})?$/.test(plainDigits(cell.trim()))) return cell;
  const unit = folded(head).split(/[^\p{L}]+/u).find((word) => word.length > 1 && daysOfWord.has(word));
  return unit ? `${cell.trim()} ${unit}` : cell;
}

/** A cell as the field takes it; `column` is how the numbers of its column are written. */
export function readCell(said: string, field: Field, column: DecimalMark = 'unknown'): Read {
  const cell = said.trim();
  if (cell === '') return field.required ? wrong('', 'required') : fine('');
  const sign = wrongSign(cell);
  if (sign) return wrong(cell, 'sign', { sign });
  if (/^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/.test(cell)) return wrong(cell, 'error', { value: cell });
  return field.several || field.kind === 'properties' ? readSeveral(cell, field, column) : readOne(cell, field, column);
}
