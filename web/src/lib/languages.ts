// The languages of the application, by the names that their readers give them.
export interface Language {
  code: string;
  name: string;
  /** For Intl, where its data lack the language: the nearest that is written the same way. */
  locale: string;
  /** Every message is there: the unit tests hold a language that is marked so to it. */
  isComplete?: boolean;
}

export const languages: Language[] = [
  { code: 'en', name: 'English', locale: 'en-GB', isComplete: true },
  { code: 'id', name: 'Bahasa Indonesia', locale: 'id', isComplete: true },
  { code: 'ms', name: 'Bahasa Melayu', locale: 'ms', isComplete: true },
  { code: 'fil', name: 'Filipino', locale: 'fil' },
  { code: 'th', name: 'ไทย', locale: 'th-u-ca-gregory', isComplete: true },
  { code: 'vi', name: 'Tiếng Việt', locale: 'vi', isComplete: true },
  { code: 'km', name: 'ខ្មែរ', locale: 'km' },
  { code: 'lo', name: 'ລາວ', locale: 'lo' },
  { code: 'my', name: 'မြန်မာ', locale: 'my' },
  { code: 'ta', name: 'தமிழ்', locale: 'ta-SG' },
  { code: 'zh', name: '中文', locale: 'zh-Hans-SG' },
  { code: 'pt', name: 'Português', locale: 'pt-PT' },
  { code: 'tet', name: 'Tetun', locale: 'pt-PT' },
];

export function findLanguage(code: string): Language | undefined {
  return languages.find((language) => language.code === code);
}

/** The first wish that we have, by its language alone: "zh-TW" is Chinese, "in" an old name of Indonesian. */
export function chooseLanguage(wishes: readonly string[]): Language {
  const old: Record<string, string> = { in: 'id', tl: 'fil' };
  for (const wish of wishes) {
    const code = wish.toLowerCase().split('-')[0] ?? '';
    const found = findLanguage(old[code] ?? code);
    if (found) return found;
  }
  return languages[0]!;
}
