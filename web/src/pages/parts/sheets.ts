// The tables of the page: as they are shown, and as they are saved with all that is known.
import { likely } from '../../lib/format';
import { t } from '../../lib/i18n.svelte';
import type { Sheet } from '../../lib/save_answer';
import { stateName } from '../../lib/states';
import { sheetOf, type Column } from '../../ui/table';
import type { Line } from './lines';
import { breakShort, breakText, lineName, originText, partWhy, restingText, wayText, whyText, type NameOf } from './say';
import type { Break, PartRow, Ranking } from './rank';
import type { Question, Sorted, SortedLine } from './sorted';

export function breakColumns(name: NameOf): Column<Break>[] {
  return [
    { key: 'name', label: t('parts.col.breaks'), text: (one) => one.row.name, order: (one) => one.rank },
    { key: 'why', label: t('parts.col.who'), text: breakShort, fixed: true },
    { key: 'state', label: t('parts.col.largest'), text: (one) => one.row.largest_state },
    { key: 'resting', label: t('parts.col.resting'), text: (one) => restingText(one, name), fixed: true, wide: true },
    { key: 'lines', label: t('parts.col.lines'), unit: t('parts.col.lines.unit'), text: (one) => one.lines, number: true },
    { key: 'chance', label: t('parts.col.chance'), unit: t('parts.col.chance.unit'), text: (one) => likely(one.row.stop_probability), number: true },
    { key: 'expected', label: t('parts.col.expected'), unit: t('parts.col.expected.unit'), text: (one) => likely(one.expected), number: true },
    { key: 'inside', label: t('parts.col.inside'), text: (one) => one.row.inside_share, number: true },
    { key: 'confidence', label: t('parts.col.confidence'), text: (one) => one.row.confidence },
  ];
}

export function partColumns(name: NameOf): Column<PartRow>[] {
  return [
    { key: 'part', label: t('parts.col.part'), text: (row) => lineName(row.sorted.line), order: (row) => row.rank },
    { key: 'item', label: t('parts.col.item'), text: (row) => name(row.sorted.match.item), wide: true },
    { key: 'why', label: t('parts.col.why'), text: partWhy, fixed: true },
    { key: 'chance', label: t('parts.col.chance'), unit: t('parts.col.chance.atLeast'), text: (row) => likely(row.worst?.row.stop_probability), number: true },
    { key: 'breaks', label: t('parts.col.byOne'), unit: t('parts.col.byOne.unit'), text: (row) => row.byOne, number: true },
    { key: 'inside', label: t('parts.col.inside'), text: (row) => row.supply?.inside_share, number: true },
    { key: 'origin', label: t('parts.col.origin'), text: (row) => row.sorted.line.origin || row.sorted.line.originSaid },
    { key: 'map', label: t('parts.col.map'), text: (row) => row.supply?.largest_state },
  ];
}

const ofLine: { key: string; text: (line: Line) => string | number | null }[] = [
  { key: 'row', text: (line) => line.row },
  { key: 'part_number', text: (line) => line.partNumber },
  { key: 'name', text: (line) => line.name },
  { key: 'nsn', text: (line) => line.nsn },
  { key: 'hs', text: (line) => line.hs },
  { key: 'maker', text: (line) => line.maker },
  { key: 'system', text: (line) => line.system },
  { key: 'quantity', text: (line) => line.quantity },
  { key: 'price', text: (line) => line.price },
  { key: 'days', text: (line) => line.leadTime },
  { key: 'origin', text: (line) => line.origin || line.originSaid },
];

const lineColumns = <Row>(of: (row: Row) => Line): Column<Row>[] => ofLine.map(({ key, text }) => ({ key, label: t(key === 'row' ? 'parts.col.row' : `parts.kind.${key}`), text: (row) => text(of(row)) }));

const matchColumns = <Row>(of: (row: Row) => SortedLine, name: NameOf): Column<Row>[] => [
  { key: 'id', label: t('parts.col.id'), text: (row) => of(row).match.item },
  { key: 'item', label: t('parts.col.item'), text: (row) => (of(row).match.item ? name(of(row).match.item) : '') },
  { key: 'sure', label: t('parts.col.sure'), text: (row) => t(`parts.sure.${of(row).match.sure}`) },
  { key: 'by', label: t('parts.col.by'), text: (row) => whyText(of(row).match.why) },
];

function savedPartColumns(name: NameOf): Column<PartRow>[] {
  const worst = <T>(of: (one: Break) => T) => (row: PartRow) => (row.worst ? of(row.worst) : null);
  const way = (row: PartRow) => row.worst?.resting.find((one) => one.item === row.sorted.match.item);
  return [
    { key: 'rank', label: t('parts.col.rank'), text: (row) => row.rank },
    ...lineColumns<PartRow>((row) => row.sorted.line),
    ...matchColumns<PartRow>((row) => row.sorted, name),
    { key: 'breaks', label: t('parts.col.breaks'), text: worst((one) => one.row.name) },
    { key: 'why', label: t('parts.col.why'), text: partWhy },
    { key: 'way', label: t('parts.col.way'), text: (row) => (way(row) ? wayText(way(row)!, name) : '') },
    { key: 'low', label: t('parts.col.chance.low'), text: worst((one) => one.row.stop_probability?.low) },
    { key: 'likely', label: t('parts.col.chance.likely'), text: worst((one) => one.row.stop_probability?.likely) },
    { key: 'high', label: t('parts.col.chance.high'), text: worst((one) => one.row.stop_probability?.high) },
    { key: 'count', label: t('parts.col.count'), text: (row) => row.breaks },
    { key: 'one', label: t('parts.col.byOne'), text: (row) => row.byOne },
    { key: 'map', label: t('parts.col.map'), text: (row) => row.supply?.largest_state },
    { key: 'mapShare', label: t('parts.col.mapShare'), text: (row) => likely(row.supply?.largest_share) },
    { key: 'inside', label: t('parts.col.inside'), text: (row) => row.supply?.inside_share },
    { key: 'known', label: t('parts.col.known'), text: (row) => row.supply?.known_share },
    { key: 'compare', label: t('parts.col.compare'), text: originText },
    { key: 'confidence', label: t('parts.col.confidence'), text: (row) => row.supply?.confidence },
    { key: 'sources', label: t('parts.col.sources'), text: (row) => row.supply?.sources.join('; ') },
  ];
}

function savedBreakColumns(name: NameOf, ranking: Ranking): Column<Break>[] {
  const supplies = new Map(ranking.parts.flatMap((part) => (part.supply ? [[part.supply.item, part.supply] as const] : [])));
  return [
    { key: 'rank', label: t('parts.col.rank'), text: (one) => one.rank },
    { key: 'id', label: t('parts.col.id'), text: (one) => one.row.item },
    { key: 'breaks', label: t('parts.col.breaks'), text: (one) => one.row.name },
    { key: 'why', label: t('parts.col.why'), text: breakText },
    { key: 'state', label: t('parts.col.largest'), text: (one) => (one.row.largest_state ? stateName(one.row.largest_state) : '') },
    { key: 'share', label: t('parts.col.mapShare'), text: (one) => likely(one.row.largest_share) },
    { key: 'states', label: t('parts.col.states'), text: (one) => one.row.states_to_stop },
    { key: 'lines', label: t('parts.col.lines'), text: (one) => one.lines },
    { key: 'direct', label: t('parts.col.direct'), text: (one) => one.direct },
    { key: 'through', label: t('parts.col.through'), text: (one) => one.through },
    { key: 'resting', label: t('parts.col.resting'), text: (one) => one.resting.map((rest) => `${wayText(rest, name)} (${rest.lines})`).join('; ') },
    { key: 'low', label: t('parts.col.chance.low'), text: (one) => one.row.stop_probability?.low },
    { key: 'likely', label: t('parts.col.chance.likely'), text: (one) => one.row.stop_probability?.likely },
    { key: 'high', label: t('parts.col.chance.high'), text: (one) => one.row.stop_probability?.high },
    { key: 'expected', label: t('parts.col.expected'), text: (one) => likely(one.expected) },
    { key: 'inside', label: t('parts.col.inside'), text: (one) => one.row.inside_share },
    { key: 'known', label: t('parts.col.known'), text: (one) => one.row.known_share },
    { key: 'confidence', label: t('parts.col.confidence'), text: (one) => one.row.confidence },
    { key: 'sources', label: t('parts.col.sources'), text: (one) => supplies.get(one.row.item)?.sources.join('; ') },
  ];
}

/** Lines to decide or not of the map, each with what it could be. */
function restSheet(title: string, questions: Question[], name: NameOf): Sheet {
  const rows = questions.flatMap((question) => question.lines);
  const columns: Column<SortedLine>[] = [
    ...lineColumns<SortedLine>((one) => one.line),
    { key: 'candidates', label: t('parts.col.candidates'), text: (one) => one.match.candidates.map((candidate) => name(candidate.item)).join('; ') },
    { key: 'by', label: t('parts.col.by'), text: (one) => whyText(one.match.why) },
  ];
  return sheetOf(title, columns, rows);
}

/** Everything as sheets: the ranking, the parts, what waits and what is not of the map, and what was decided. */
export function sheetsOf(sorted: Sorted, ranking: Ranking, name: NameOf): Sheet[] {
  return [
    sheetOf(t('parts.tab.breaks'), savedBreakColumns(name, ranking), ranking.breaks),
    sheetOf(t('parts.tab.parts'), savedPartColumns(name), ranking.parts),
    restSheet(t('parts.tab.open'), sorted.open, name),
    restSheet(t('parts.tab.none'), sorted.none, name),
    sheetOf(t('parts.sheet.decisions'), [...lineColumns<SortedLine>((one) => one.line), ...matchColumns<SortedLine>((one) => one, name)], sorted.lines.filter((one) => one.match.sure === 'decided')),
  ];
}
