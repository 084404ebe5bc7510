// Words in the reader's language: `t('catalogue.title', { n: 3 })`. Messages stand in
// messages/LANGUAGE/PAGE.json and come with the page; what a language lacks is said in English.
import { chooseLanguage, findLanguage, type Language } from './languages';
import { format, type Value } from './message';
import { keep, kept } from './remember';

type Messages = Record<string, string>;

const files = import.meta.glob<Messages>('../messages/*/*.json', { import: 'default' });

const texts: Record<string, Messages> = $state({});
const chosen: { language: Language } = $state({ language: chooseLanguage([]) });
const wanted = new Set<string>(['shell']);

export const i18n = {
  get language(): Language {
    return chosen.language;
  },
  /** The name for Intl. */
  get locale(): string {
    return chosen.language.locale;
  },
};

async function load(code: string, page: string): Promise<void> {
  const name = `${code}/${page}`;
  const file = files[`../messages/${name}.json`];
  if (file && !texts[name]) texts[name] = await file();
}

/** The messages of a page, in English and in the language that is shown. */
export async function loadMessages(page: string): Promise<void> {
  wanted.add(page);
  await Promise.all([load('en', page), load(chosen.language.code, page)]);
}

export async function setLanguage(code: string): Promise<void> {
  const language = findLanguage(code);
  if (!language) return;
  await Promise.all([...wanted].map((page) => load(code, page)));
  chosen.language = language;
  keep('language', code);
  document.documentElement.lang = code;
}

export async function startLanguage(): Promise<void> {
  const language = chooseLanguage([kept('language') ?? '', ...navigator.languages]);
  chosen.language = language;
  document.documentElement.lang = language.code;
  await loadMessages('shell');
}

/** A text, and the language that it is in: what is not translated is said by the plurals and figures of English. */
function find(key: string): { text: string; locale: string } | undefined {
  const dot = key.indexOf('.');
  const page = key.slice(0, dot);
  const word = key.slice(dot + 1);
  const own = texts[`${chosen.language.code}/${page}`]?.[word];
  if (own !== undefined) return { text: own, locale: chosen.language.locale };
  const english = texts[`en/${page}`]?.[word];
  return english === undefined ? undefined : { text: english, locale: 'en-GB' };
}

export function has(key: string): boolean {
  return find(key) !== undefined;
}

export function t(key: string, values: Record<string, Value> = {}): string {
  const found = find(key);
  return found === undefined ? key : format(found.text, values, found.locale);
}
