// Suggestions from a paragraph in somebody's own words: what the firm can do, which class an item is of, and which
// codes similar items have. They are offered, never taken without a yes.
import { folded } from '../catalogue/search';

/** Grammar: of English, of Indonesian and Malay, and of Vietnamese without its marks. */
const common = new Set(
  'and the for with our are but from that this have make makes also made new can all into other dan atau untuk dengan dari yang kami kita kepada pada serta juga buat membuat cac cho chung toi cua voi san xuat'.split(' '),
);

/** For whom or of what size a thing is: not what it is. The server has the same for codes (find_codes.cpp). */
const qualifying = new Set(
  'army combat field heavy infantry light military naval navy small soldier tactical askar berat lapangan medan militer pertempuran prajurit ringan taktikal taktis tempur tentara tentera'.split(' '),
);

/** Of what follows, a thing is part or use: "batteries for radios". */
const purpose = /\s+(?:for|untuk|bagi|cho)\s.*$|สำหรับ.*$/isu;

function wordList(text: string): string[] {
  return folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !/\d/.test(word) && !common.has(word))
    .map((word) => (word.length > 4 && word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word));
}

/** Words that say something, in the form in which they are compared: plurals are cut. */
export const wordsOf = (text: string): Set<string> => new Set(wordList(text));

/** What a sentence may begin with that is no part of what is done: "We also can …". */
const opening = /^(?:(?:we|our firm|our company|also|and|can|kami|kita|firma kami|perusahaan kami|syarikat kami|juga|dan|serta|dapat|bisa|boleh|chúng tôi|công ty chúng tôi|và|cũng|có thể)\s+|(?:เรา|บริษัทของเรา|และ)\s*)+/iu;

/** One capability a line: sentences and lists taken apart, without "We" at their beginning. */
export function capabilitiesOf(text: string): string[] {
  return text
    .split(/[.;\n|]+|,\s+|\s+and\s+(?=\w+(?:s|ing)\b)|\s+(?:dan|serta|và)\s+|และ/iu)
    .map((part) => part.trim().replace(opening, '').trim())
    .filter((part) => part.length > 3)
    .map((part) => part.slice(0, 120));
}

export interface Suggestion<T> {
  what: T;
  /** Words that both have: the reason for it. */
  by: string[];
}

/** What a name says a thing is: its last word in English ("Field radio"), its first in the languages of the region. */
export interface Names {
  english: string;
  own?: string | undefined;
}

/** Names without what stands in brackets or after "with": that is no part of what the thing is. */
function headsOf({ english, own }: Names): string[] {
  const plain = (name: string) => wordList(name.replace(/\s*\(.*$|\s+(?:with|and|of|for)\s.*$/is, ''));
  return [plain(english).at(-1), own === undefined || own === english ? undefined : plain(own)[0]].flatMap((head) => (head ? [head] : []));
}

/**
 * Those whose names share words with a text, best first. A word weighs the logarithm of how rare it is among the names (Sparck
 * Jones 1972), twice that where it says what the candidate is; a candidate needs such a word, or
 * the one that says what the text is about. What weighs no more than half of the best is left out.
 */
export function suggest<T>(text: string, candidates: T[], namesOf: (candidate: T) => Names, most = 5): Suggestion<T>[] {
  const naming = wordList(text.replace(purpose, '')).filter((word) => !qualifying.has(word));
  const sought = new Set(naming);
  const named = candidates.map((what) => {
    const names = namesOf(what);
    const [english, own] = [wordsOf(names.english), wordsOf(names.own === names.english ? '' : (names.own ?? ''))];
    // Of the text, too, the last word of English and the first of another language say what it is about.
    const isMeant = english.has(naming.at(-1) ?? '') || own.has(naming[0] ?? '');
    return { what, heads: headsOf(names), isMeant, own: new Set([...english, ...own]) };
  });
  const frequency = new Map<string, number>();
  for (const { own } of named) for (const word of own) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const rarity = (word: string) => Math.log((candidates.length + 1) / (frequency.get(word) ?? 1));
  const found = named
    .map(({ what, heads, isMeant, own }) => {
      const by = [...own].filter((word) => sought.has(word));
      const isNamed = isMeant || by.some((word) => heads.includes(word));
      const weight = isNamed ? by.reduce((sum, word) => sum + rarity(word) * (heads.includes(word) ? 2 : 1), 0) : 0;
      return { what, by, weight, part: by.length / Math.max(1, own.size) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.part - a.part);
  return found
    .filter(({ weight }) => weight > (found[0]?.weight ?? 0) / 2)
    .slice(0, most)
    .map(({ what, by }) => ({ what, by }));
}

/** The best of each line of what a firm can do, each once. */
export function suggestOfLines<T>(lines: string[], candidates: T[], namesOf: (candidate: T) => Names, most: number): T[] {
  return [...new Set(lines.flatMap((line) => suggest(line, candidates, namesOf, 1).map(({ what }) => what)))].slice(0, most);
}

export interface SuggestedCode {
  scheme: string;
  code: string;
  title: string;
  by: string[];
}

/** The codes of a map's item that a product may have too: "HS 851762", "FSC 5820". */
export function codesOf(codes: string[]): { scheme: string; code: string }[] {
  return codes.flatMap((text) => {
    const [, scheme = '', code = ''] = /^(HS|FSC) (\d{4,10})$/.exec(text) ?? [];
    return scheme ? [{ scheme, code }] : [];
  });
}
