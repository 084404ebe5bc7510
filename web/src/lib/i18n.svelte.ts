// Words in the reader's language: `t('catalogue.title', { n: 3 })`. Messages stand in
// messages/LANGUAGE/PAGE.json and come with the page; what a language lacks is said in English.
import { chooseLanguage, findLanguage, type Language } from './languages';
import { format, type Value, type Write } from './message';
import { keep, kept } from './remember';

type Messages = Record<string, string>;

const files = import.meta.glob<Messages>('../messages/*/*.json', { import: 'default' });

const texts: Record<string, Messages> = $state({});
const chosen: { language: Language; page: string } = $state({ language: chooseLanguage([]), page: '' });
const wanted = new Set<string>(['shell']);

/** English as it is written where the reader's language is spoken, for what is not translated. */
export function englishOf({ locale }: Pick<Language, 'locale'>): Language {
  const english = findLanguage('en')!;
  const own = `en-${new Intl.Locale(locale).maximize().region}`;
  // What has no English of its own there is written as in most of the region.
  return Intl.NumberFormat(own).resolvedOptions().locale === own ? { ...english, locale: own } : english;
}

const content = $derived(chosen.page === '' || `../messages/${chosen.language.code}/${chosen.page}.json` in files ? chosen.language : englishOf(chosen.language));

export const i18n = {
  /** What the reader chose: of the frame around the pages. */
  get language(): Language {
    return chosen.language;
  },
  /** What the page is written in, all of it: English where its words are not translated. */
  get content(): Language {
    return content;
  },
  /** The name for Intl of what the page is written in. */
  get locale(): string {
    return content.locale;
  },
};

/** The page that is shown; empty: what stands there belongs to the frame. */
export function showPage(page: string): void {
  chosen.page = page;
}

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

function find(key: string, { code }: Language): { text: string; isOwn: boolean } | undefined {
  const dot = key.indexOf('.');
  const [page, word] = [key.slice(0, dot), key.slice(dot + 1)];
  const own = texts[`${code}/${page}`]?.[word];
  if (own !== undefined) return { text: own, isOwn: true };
  const english = texts[`en/${page}`]?.[word];
  return english === undefined ? undefined : { text: english, isOwn: false };
}

/** A message in that language; one that it lacks is English, with the plurals and figures of English. */
export function say(language: Language, key: string, values: Record<string, Value> = {}): string {
  const found = find(key, language);
  return found ? format(found.text, values, found.isOwn ? language.locale : englishOf(language).locale) : key;
}

/** A message that is the same for all values; undefined: English has it alone, or nobody. */
export function sayOwn(language: Language, key: string): string | undefined {
  const found = find(key, language);
  return found?.isOwn ? found.text : undefined;
}

export function has(key: string): boolean {
  return find(key, content) !== undefined;
}

/** In the language of the page. */
export function t(key: string, values: Record<string, Value> = {}): string {
  return say(content, key, values);
}

/** In the language of the page, values written as their kinds are; undefined: English has it alone, or nobody. */
export function tOwn(key: string, values: Record<string, Value>, write: Write): string | undefined {
  const found = find(key, content);
  return found?.isOwn ? format(found.text, values, content.locale, write) : undefined;
}

/** In the language of the frame. */
export function frame(key: string, values: Record<string, Value> = {}): string {
  return say(chosen.language, key, values);
}
