// What the server says of a case, in the reader's language: by its code and values (messages/LANGUAGE/said.json), or in
// English where no message words it. Values come plain: figures, days and states are written as the language has them.
import type { Schemas } from './api';
import { amount, day, exactShare, list, number } from './format';
import { has, loadMessages, t, tOwn } from './i18n.svelte';
import { slug } from './record_words';
import { stateName } from './states';

export type Sentence = Schemas['Sentence'];

// A page that can say something says it with the first answer: its words come with its code.
void loadMessages('said');

const paper = (text: string) => (has(`buying.paper.${slug(text)}`) ? t(`buying.paper.${slug(text)}`) : text);

/** States and sets of them: "MYS+PHL". */
const states = (text: string) => text.split('+').map(stateName).join(' + ');

const kinds: Record<string, (text: string) => string> = {
  number: (text) => number(Number(text)),
  amount: (text) => amount(Number(text)),
  percent: (text) => exactShare(Number(text)),
  day,
  paper,
  state: states,
};

/** In the reader's language; undefined: it has no words for it. */
export function ownText({ code, values = {}, parts }: Sentence): string | undefined {
  if (parts) {
    const texts = parts.map(ownText);
    return texts.includes(undefined) ? undefined : `${texts.join(', ')}.`;
  }
  if (!code) return undefined;
  const plain = Object.fromEntries(Object.entries(values).map(([name, texts]) => [name, list(texts)]));
  return tOwn(`said.${code}`, plain, (name, kind) => {
    const write = kinds[kind];
    return write && list((values[name] ?? []).map(write));
  });
}

/** For tables and files, which say in what language they are by the page alone. */
export const sentenceText = (sentence: Sentence): string => ownText(sentence) ?? sentence.text;

export const sentencesText = (sentences: Sentence[] = []): string => sentences.map(sentenceText).join('; ');
