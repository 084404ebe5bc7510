// Signs that are no letters: they show nothing, or turn the letters around them, so that a name reads as another.

/** Directions that are forced on what follows (UAX #9: embeddings, overrides and isolates). Letters of Jawi do without. */
const turning = '\\u202A-\\u202E\\u2066-\\u2069';
const turns = new RegExp(`[${turning}]`, 'gu');
/** The same, separators of lines and paragraphs, controls but for tabs and line ends, halves of letters, and what Unicode keeps free for good. */
const wrong = new RegExp(`[${turning}\\u2028\\u2029\\0-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\uFFFE\\uFFFF]|\\p{Surrogate}`, 'u');

/** The first sign that no text has to have, as in "U+202E"; empty: there is none. */
export function wrongSign(text: string): string {
  const found = wrong.exec(text)?.[0];
  return found === undefined ? '' : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text inside another: it cannot turn the one around it. */
export function unturned(text: string): string {
  return text.replace(turns, '');
}
