// Which item of the map a line of a parts list is: by code, by tariff code, by words. Every match says why, and how sure it
// is; what fits several items, or none well, is for the reader to decide.
import { hasDigit, wordsOf } from './words';
import type { Line } from './lines';

export interface MapItem {
  item: string;
  name: string;
  kind: string;
  known_share: number | null;
  codes: string[];
}

/** How sure a match is: by the reader's word, an item's own number, its tariff code, its words, or hardly. */
export type Sure = 'decided' | 'code' | 'hs' | 'words' | 'weak';

export interface Why {
  /** A stock number or part number; a tariff code of six digits, or its heading; a class of supply; words. */
  by: 'code' | 'hs' | 'heading' | 'class' | 'words';
  value: string;
  /** Of words: how much of what is telling they are, from 0 to 1. */
  fit?: number;
}

export interface Candidate {
  item: string;
  why: Why[];
  fit: number;
}

export interface Match {
  /** The best item; empty: none. */
  item: string;
  sure: Sure;
  why: Why[];
  candidates: Candidate[];
  /** The reader has to say which, because several fit or none does well. */
  isOpen: boolean;
}

/** Numbers that name one thing, and nomenclatures that name classes of things. Lists of controls and criticality name neither. */
const numbers = new Set(['NSN', 'NIIN', 'PN', 'MPN', 'GTIN']);
const certain = 0.6;
/** All words of the description are in one name alone. */
const certainAlone = 0.5;
/** The words are the name: enough even where they stand in other names, too. */
const same = 0.9;
const least = 0.3;
const margin = 0.12;
const sameCode = 0.3;
/** What a line of a parts list seldom is: of two that fit alike, the component is meant. */
const seldomParts = new Set(['material', 'mineral', 'service', 'software']);
const seldomFactor = 0.8;
const mostCandidates = 6;
/** What stands in brackets after a name tells less than the name. */
const inBrackets = 0.4;
/** A word that the map does not have is telling, too: less than its rarest one. */
const unknownWord = 0.4;

interface Entry {
  words: Map<string, number>;
  weight: number;
}

export interface MatchIndex {
  items: Map<string, MapItem>;
  entries: Entry[];
  ids: string[];
  /** Items by a word. */
  byWord: Map<string, number[]>;
  telling: Map<string, number>;
  mostTelling: number;
  byNumber: Map<string, number[]>;
  byHs: Map<string, number[]>;
  byHeading: Map<string, number[]>;
  byClass: Map<string, number[]>;
  /** Questions that were answered, and descriptions that were read: lines ask the same over and over. */
  answers: Map<string, Match>;
  read: Map<string, string[]>;
}

const bare = (code: string) => code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

function push(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [at]);
  else if (!list.includes(at)) list.push(at);
}

function entryOf(item: MapItem): Map<string, number> {
  const words = new Map(wordsOf(item.name.replace(/\([^)]*\)/g, ' ')).map((word) => [word, 1]));
  for (const word of wordsOf(item.name)) if (!words.has(word)) words.set(word, inBrackets);
  return words;
}

/** Cost: the words of the map's names. */
export function indexOf(items: readonly MapItem[]): MatchIndex {
  const index: MatchIndex = { items: new Map(items.map((item) => [item.item, item])), entries: [], ids: [], byWord: new Map(), telling: new Map(), mostTelling: 0, byNumber: new Map(), byHs: new Map(), byHeading: new Map(), byClass: new Map(), answers: new Map(), read: new Map() };
  items.forEach((item, at) => {
    const words = entryOf(item);
    index.ids.push(item.item);
    index.entries.push({ words, weight: 0 });
    for (const word of words.keys()) push(index.byWord, word, at);
    for (const text of item.codes) {
      const space = text.indexOf(' ');
      const [scheme, code] = [text.slice(0, space), bare(text.slice(space + 1))];
      if (numbers.has(scheme)) push(index.byNumber, code, at);
      if (scheme === 'NSN' && code.length === 13) push(index.byNumber, code.slice(4), at);
      if (scheme === 'HS' && code.length >= 6) push(index.byHs, code.slice(0, 6), at);
      if (scheme === 'HS' && code.length >= 4) push(index.byHeading, code.slice(0, 4), at);
      if (scheme === 'FSC') push(index.byClass, code, at);
    }
  });
  for (const [word, list] of index.byWord) index.telling.set(word, Math.log(1 + items.length / list.length));
  index.mostTelling = Math.log(1 + items.length);
  for (const entry of index.entries) for (const [word, part] of entry.words) entry.weight += part * index.telling.get(word)!;
  return index;
}

/** How well the words fit an item, from 0 to 1: the harmonic mean of how much of the description is in the name, and the other way round. */
function wordFits(index: MatchIndex, words: readonly string[]): Map<number, { fit: number; isAll: boolean; words: string[] }> {
  const weight = words.reduce((sum, word) => sum + (index.telling.get(word) ?? index.mostTelling * unknownWord), 0);
  const shared = new Map<number, { said: number; named: number; words: string[] }>();
  for (const word of words) {
    const telling = index.telling.get(word);
    if (telling === undefined) continue;
    for (const at of index.byWord.get(word)!) {
      const sum = shared.get(at) ?? { said: 0, named: 0, words: [] };
      sum.said += telling;
      sum.named += telling * index.entries[at]!.words.get(word)!;
      sum.words.push(word);
      shared.set(at, sum);
    }
  }
  const fits = new Map<number, { fit: number; isAll: boolean; words: string[] }>();
  for (const [at, sum] of shared) {
    const [said, named] = [sum.said / weight, sum.named / index.entries[at]!.weight];
    fits.set(at, { fit: (2 * said * named) / (said + named), isAll: sum.words.length === words.length, words: sum.words });
  }
  return fits;
}

/** Words with digits that the map does not have are types and sizes: they do not tell what a thing is. */
function tellingWords(index: MatchIndex, name: string): string[] {
  let words = index.read.get(name);
  if (!words) index.read.set(name, (words = wordsOf(name).filter((word) => index.telling.has(word) || !hasDigit(word))));
  return words;
}

/** The question that a line asks: lines with the same words and codes get the same answer. */
export function questionOf(index: MatchIndex, line: Pick<Line, 'name' | 'hs' | 'nsn' | 'partNumber'>): string {
  const words = [...tellingWords(index, line.name)].sort();
  const supplyClass = line.nsn.length === 13 && index.byClass.has(line.nsn.slice(0, 4)) ? line.nsn.slice(0, 4) : '';
  const codes = `${line.hs.slice(0, 6)}|${supplyClass}`;
  return words.length > 0 || line.hs ? `${codes}|${words.join(' ')}` : `|${line.nsn}|${bare(line.partNumber)}|${line.name}`;
}

function none(candidates: Candidate[] = []): Match {
  const best = candidates[0];
  return { item: best?.item ?? '', sure: 'weak', why: best?.why ?? [], candidates: candidates.slice(0, mostCandidates), isOpen: best !== undefined };
}

function found(best: Candidate, sure: Sure, others: Candidate[]): Match {
  return { item: best.item, sure, why: best.why, candidates: [best, ...others.filter((one) => one.item !== best.item)].slice(0, mostCandidates), isOpen: false };
}

function byNumber(index: MatchIndex, line: Line): Match | undefined {
  for (const value of [line.nsn, line.nsn.slice(-9), bare(line.partNumber)]) {
    const list = value ? index.byNumber.get(value) : undefined;
    if (!list) continue;
    const candidates = list.map((at): Candidate => ({ item: index.ids[at]!, why: [{ by: 'code', value }], fit: 1 }));
    return candidates.length === 1 ? found(candidates[0]!, 'code', []) : none(candidates);
  }
  return undefined;
}

interface Rated extends Candidate {
  words: number;
  isAll: boolean;
  isSame: boolean;
}

/** Whether words alone name one item: `whole` items have all words of the description in their names. */
function isClear(best: Rated, second: Rated | undefined, whole: number): boolean {
  const ahead = best.fit - (second?.fit ?? 0) >= margin;
  if (whole > 1) return best.words >= same && ahead;
  return whole === 1 && best.isAll ? best.words >= certainAlone : best.words >= certain && ahead;
}

function answer(index: MatchIndex, line: Line): Match {
  const fits = wordFits(index, tellingWords(index, line.name));
  const hs = line.hs.slice(0, 6);
  const ofHs = new Set(hs.length === 6 ? index.byHs.get(hs) : []);
  const heading = new Set(ofHs.size === 0 && line.hs ? index.byHeading.get(line.hs.slice(0, 4)) : []);
  const classOf = new Set(line.nsn.length === 13 ? index.byClass.get(line.nsn.slice(0, 4)) : []);
  const rated = new Set([...fits.keys(), ...ofHs, ...heading, ...(fits.size === 0 ? classOf : [])]);
  const all = [...rated].map((at): Rated => {
    const words = fits.get(at);
    const why: Why[] = [];
    if (ofHs.has(at)) why.push({ by: 'hs', value: hs });
    if (heading.has(at)) why.push({ by: 'heading', value: line.hs.slice(0, 4) });
    if (classOf.has(at)) why.push({ by: 'class', value: line.nsn.slice(0, 4) });
    if (words) why.push({ by: 'words', value: words.words.join(' '), fit: words.fit });
    const seldom = seldomParts.has(index.items.get(index.ids[at]!)!.kind) ? seldomFactor : 1;
    const fit = Math.min(1, (words?.fit ?? 0) * seldom + (ofHs.has(at) ? sameCode : 0) + (heading.has(at) ? 0.12 : 0) + (classOf.has(at) ? 0.08 : 0));
    return { item: index.ids[at]!, why, fit, words: words?.fit ?? 0, isAll: words?.isAll ?? false, isSame: ofHs.has(at) };
  });
  all.sort((a, b) => b.fit - a.fit || (a.item < b.item ? -1 : 1));
  const [best, second] = all;
  if (!best) return none();
  const ofCode = all.filter((one) => one.isSame);
  const wordsElsewhere = all.some((one) => !one.isSame && one.isAll && one.words >= certain && one.words > (ofCode[0]?.words ?? 0) + margin);
  if (ofCode.length === 1 && !wordsElsewhere) return found(ofCode[0]!, 'hs', all);
  if (ofCode.length > 1 && !wordsElsewhere && ofCode[0]!.words >= least && ofCode[0]!.words - ofCode[1]!.words >= margin) return found(ofCode[0]!, 'hs', all);
  const whole = all.filter((one) => one.isAll).length;
  if (ofCode.length === 0 && isClear(best, second, whole)) return found(best, 'words', all);
  const likely = all.filter((one) => one.isSame || one.fit >= least);
  return none(likely.length > 0 ? likely : all.filter((one) => one.why.some((why) => why.by !== 'words')));
}

/** Cost: the items that share a word with the line; nothing for a question that was asked before. */
export function matchLine(index: MatchIndex, line: Line, question = questionOf(index, line)): Match {
  const named = byNumber(index, line);
  if (named) return named;
  let match = index.answers.get(question);
  if (!match) index.answers.set(question, (match = answer(index, line)));
  return match;
}
