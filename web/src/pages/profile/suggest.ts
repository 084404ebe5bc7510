// Suggestions from a paragraph in somebody's own words: what the firm can do, which class an item is of, and which
// codes similar items have. They are offered, never taken without a yes.
import { folded } from '../catalogue/search';

/** Words that say something, in the form in which they are compared: plurals are cut. */
export function wordsOf(text: string): Set<string> {
  const common = new Set(['and', 'the', 'for', 'with', 'our', 'are', 'from', 'that', 'this', 'have', 'make', 'makes', 'also', 'small', 'made', 'new', 'can', 'all', 'into', 'other']);
  return new Set(
    folded(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !common.has(word))
      .map((word) => (word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word)),
  );
}

/** One capability a line: sentences and lists taken apart, without "We" at their beginning. */
export function capabilitiesOf(text: string): string[] {
  return text
    .split(/[.;\n|]+|,\s+(?:and\s+)?|\s+and\s+(?=\w+(?:s|ing)\b)/u)
    .map((part) => part.trim().replace(/^(we|our firm|our company|also|and)\s+(can\s+|also\s+)?/i, '').trim())
    .filter((part) => part.length > 3)
    .map((part) => part.slice(0, 120));
}

export interface Suggestion<T> {
  what: T;
  /** Words that both have: the reason for it. */
  by: string[];
}

/** Those that share most words, best first; an empty list where none shares any. */
export function suggest<T>(text: string, candidates: T[], nameOf: (candidate: T) => string, most = 5): Suggestion<T>[] {
  const sought = wordsOf(text);
  return candidates
    .map((what) => {
      const own = wordsOf(nameOf(what));
      const by = [...own].filter((word) => sought.has(word));
      return { what, by, part: own.size === 0 ? 0 : by.length / own.size };
    })
    .filter((one) => one.by.length > 0)
    .sort((a, b) => b.by.length - a.by.length || b.part - a.part)
    .slice(0, most)
    .map(({ what, by }) => ({ what, by }));
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
