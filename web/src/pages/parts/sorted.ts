// A parts list sorted: what is matched, what waits for a decision, what is not of the map.
import { keysOf, type Decisions } from './decisions';
import type { Line } from './lines';
import { matchLine, questionOf, type Match, type MatchIndex } from './match';

export type Place = 'matched' | 'open' | 'none';

export interface SortedLine {
  line: Line;
  match: Match;
  keys: string[];
  place: Place;
}

/** Lines that ask the same are decided once. */
export interface Question {
  key: string;
  lines: SortedLine[];
  match: Match;
}

export interface Sorted {
  lines: SortedLine[];
  matched: SortedLine[];
  open: Question[];
  none: Question[];
}

function place(line: Line, index: MatchIndex, decisions: Decisions): SortedLine {
  const question = questionOf(index, line);
  const match = matchLine(index, line, question);
  const keys = keysOf(line, question);
  const said = keys.map((key) => decisions.get(key)).find((item) => item !== undefined);
  if (said === '') return { line, match: { ...match, item: '', sure: 'decided', isOpen: false }, keys, place: 'none' };
  if (said !== undefined && index.items.has(said)) {
    return { line, match: { ...match, item: said, sure: 'decided', why: match.candidates.find((one) => one.item === said)?.why ?? [], isOpen: false }, keys, place: 'matched' };
  }
  return { line, match, keys, place: match.isOpen ? 'open' : match.item ? 'matched' : 'none' };
}

function questions(lines: SortedLine[]): Question[] {
  const found = new Map<string, Question>();
  for (const one of lines) {
    const key = one.keys.at(-1)!;
    const question = found.get(key);
    if (question) question.lines.push(one);
    else found.set(key, { key, lines: [one], match: one.match });
  }
  // What serves most lines stands first.
  return [...found.values()].sort((a, b) => b.lines.length - a.lines.length || a.lines[0]!.line.at - b.lines[0]!.line.at);
}

/** Cost: each line once, and the words of each different question. */
export function sortLines(lines: readonly Line[], index: MatchIndex, decisions: Decisions): Sorted {
  const sorted = lines.map((line) => place(line, index, decisions));
  return {
    lines: sorted,
    matched: sorted.filter((one) => one.place === 'matched'),
    open: questions(sorted.filter((one) => one.place === 'open')),
    none: questions(sorted.filter((one) => one.place === 'none')),
  };
}
