// A cell as the registry takes it. What can be read in one way only is rewritten ("Indonesia" is IDN, "1,250.50" is 1250.5);
// what can be read in two ways is a problem, and it is said what would be right.
import { t } from '../../lib/i18n.svelte';
import { wrongSign } from '../../lib/signs';
import { states } from '../../lib/states';
import { choiceName } from '../../lib/record_words';
import type { Field } from '../../lib/records';
import { folded } from '../catalogue/search';
import { plain } from './columns';

export interface Read {
  /** What is sent. */
  text: string;
  /** What is wrong, and what would be right; empty: nothing. */
  problem: string;
}

const fine = (text: string): Read => ({ text, problem: '' });
const wrong = (text: string, key: string, values: Record<string, string | number> = {}): Read => ({ text, problem: t(`data.cell.${key}`, values) });

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
  [1, ['d', 'day', 'days', 'hari', 'ngay', 'วัน', 'dia', 'dias', 'araw']],
  [7, ['w', 'wk', 'wks', 'week', 'weeks', 'minggu', 'tuan', 'สัปดาห์', 'semana', 'semanas', 'linggo']],
  [30, ['m', 'mo', 'mos', 'mth', 'mths', 'month', 'months', 'bulan', 'thang', 'เดือน', 'mes', 'meses', 'buwan']],
  [365, ['y', 'yr', 'yrs', 'year', 'years', 'tahun', 'nam', 'ปี', 'ano', 'anos', 'taon']],
];
const daysOfWord = new Map(timeWords.flatMap(([days, words]) => words.map((word): [string, number] => [folded(word), days])));

/** "12 weeks", "30 days", "2 months", "8-10 weeks" (the longer) as days; null: no time, or a number that says no unit and is no whole one. */
export function daysOf(cell: string): number | null {
  const said = folded(cell).trim();
  if (/^\d{1,5}$/.test(said)) return Number(said);
  const found = /^(?:(?:about|approx|ca|~|±)\.?\s*)?(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:-|–|to|s\/d|hingga|den)\s*)?(\d{1,4}(?:[.,]\d{1,2})?)\s*-?\s*(\p{L}+)\.?(?:\s*\(?aro\)?)?$/u.exec(said);
  const unit = found && daysOfWord.get(found[3]!);
  if (!unit) return null;
  return Math.ceil(Number((found[2] ?? '').replace(',', '.')) * unit - 1e-9);
}

/** What stands before the decimals of a column's numbers; unknown: "1.250" can be two numbers. */
export type DecimalMark = 'point' | 'comma' | 'unknown';

const bareNumber = (cell: string) => cell.replace(/[\s\u00a0\u202f'%]/g, '').replace(/^(?:USD|US\$|\$)|(?:USD|US\$|\$)$/g, '');

/** The mark of a number that can be read in one way only. */
function markOf(bare: string): DecimalMark {
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(bare) || /^-?\d{1,3}(,\d{3}){2,}$/.test(bare) || /^-?(\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+)$/.test(bare)) return 'point';
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(bare) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(bare) || /^-?(\d+,(\d{1,2}|\d{4,})|\d{4,},\d+)$/.test(bare)) return 'comma';
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
  const mark = own === 'unknown' && /^-?\d{1,3}[.,]\d{3}$/.test(bare) ? column : own;
  if (mark === 'point') return bare.replaceAll(',', '');
  return mark === 'comma' ? bare.replaceAll('.', '').replace(',', '.') : '';
}

function readNumber(cell: string, field: Field, column: DecimalMark): Read {
  const days = field.of === 'days' && /\p{L}/u.test(cell) ? daysOf(cell) : null;
  if (days !== null) return fine(String(days));
  const number = plainNumber(cell, column);
  if (number === '') {
    const two = /^-?(\d{1,3})[.,](\d{3})$/.exec(bareNumber(cell));
    return two ? wrong(cell, 'number.two', { one: `${two[1]}${two[2]}`, other: `${two[1]}.${two[2]}0` }) : wrong(cell, 'number');
  }
  const isPercent = /%$/.test(cell);
  if (isPercent && field.key !== 'share') return wrong(cell, 'number');
  const value = isPercent ? String(Number((Number(number) / 100).toPrecision(12))) : number;
  if (field.kind === 'whole' && !/^\d+$/.test(value)) return wrong(cell, 'whole');
  if (field.key === 'share' && (Number(value) < 0 || Number(value) > 1)) return wrong(cell, 'share');
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

function readOne(cell: string, field: Field, column: DecimalMark): Read {
  switch (field.kind) {
    case 'state':
      return readState(cell);
    case 'number':
    case 'whole':
      return readNumber(cell, field, column);
    case 'date':
      return readDay(cell);
    case 'yes_no':
      return yes.has(plain(cell)) ? fine('yes') : no.has(plain(cell)) ? fine('no') : wrong(cell, 'yes_no');
    case 'choice':
      return readChoice(cell, field.choices ?? []);
    default:
      return field.key === 'unit' && /^[\d.,\s]+$/.test(cell) ? wrong(cell, 'unit') : fine(cell);
  }
}

/** A lead time as its head has it: "12" under "Lead time (weeks)" is 12 weeks. */
export function withUnit(cell: string, head: string): string {
  if (!/^\d{1,4}(?:[.,]\d{1,2})?$/.test(cell.trim())) return cell;
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
