import { beforeAll, describe, expect, it, vi } from 'vitest';
import { englishOf, frame, i18n, loadMessages, setLanguage, showPage, t } from '../../src/lib/i18n.svelte';
import { chooseLanguage } from '../../src/lib/languages';
import { format } from '../../src/lib/message';

describe('messages', () => {
  it('put values in their places', () => {
    expect(format('{name} supplies {share, percent}', { name: 'Chile', share: 0.416 }, 'en')).toBe('Chile supplies 42%');
    expect(format('{n, number} items', { n: 12345 }, 'en')).toBe('12,345 items');
    expect(format('{n, number} items', { n: 12345 }, 'pt-TL')).toBe('12 345 items'.replace(' ', '\u00a0'));
  });

  it('are not turned by what is put in their places', () => {
    expect(format('{name} of Malaysia', { name: 'Radio \u202Egnp.exe\u2069\u2067' }, 'en')).toBe('Radio gnp.exe of Malaysia');
    expect(format('{name} of Brunei', { name: 'راديو' }, 'en'), 'letters of Jawi stay').toBe('راديو of Brunei');
  });

  it('choose plurals by the language', () => {
    const text = '{n, plural, =0 {nothing} one {# item} other {# items}}';
    expect(format(text, { n: 0 }, 'en')).toBe('nothing');
    expect(format(text, { n: 1 }, 'en')).toBe('1 item');
    expect(format(text, { n: 2 }, 'en')).toBe('2 items');
    expect(format(text, { n: 1 }, 'th'), 'Thai has one form').toBe('1 items');
  });

  it('nest values in plurals', () => {
    expect(format('{n, plural, one {{who} has one} other {{who} has #}}', { n: 3, who: 'Laos' }, 'en')).toBe('Laos has 3');
  });

  it('choose by a value, and by none', () => {
    const text = '{who, select, none {nobody} self {oneself} other {{who} and {n, number}}}';
    expect(format(text, {}, 'en')).toBe('nobody');
    expect(format(text, { who: 'self' }, 'en')).toBe('oneself');
    expect(format(text, { who: 'Laos', n: 1234 }, 'en')).toBe('Laos and 1,234');
  });

  it('write values of a kind as they are told', () => {
    expect(format('{day, day} of {n, number}', { day: '1', n: 2 }, 'en', (name, kind) => (kind === 'day' ? `<${name}>` : undefined))).toBe('<day> of 2');
  });

  it('leave alone what they do not know', () => {
    expect(format('{missing} and {', {}, 'en')).toBe('{missing} and {');
  });
});

describe('what a language lacks', () => {
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} });
    await Promise.all(['shell', 'catalogue', 'shock'].map(loadMessages));
    await setLanguage('my');
    showPage('catalogue');
  });

  it('is English with the plurals of English, on a page that is English as a whole', () => {
    expect(i18n.content.code).toBe('en');
    expect(t('catalogue.map.value', { n: 1 })).toBe('1 result');
    expect(t('catalogue.map.value', { n: 2345 })).toBe('2,345 results');
    expect(t('shell.print')).toBe('Brief');
  });

  it('leaves the frame in the language', () => {
    expect(frame('shell.menu')).not.toBe('Menu');
    expect(i18n.language.code).toBe('my');
  });

  it('is written as English is written where the language is spoken', () => {
    expect(englishOf({ locale: 'zh-Hans-SG' }).locale).toBe('en-SG');
    expect(englishOf({ locale: 'fil' }).locale).toBe('en-PH');
    expect(englishOf({ locale: 'km' }).locale, 'nobody has laid down an English of Cambodia').toBe('en-GB');
  });

  it('is nothing where the page is translated', async () => {
    await setLanguage('id');
    expect(i18n.content.code).toBe('id');
    expect(i18n.locale).toBe('id');
  });
});

describe('languages', () => {
  it('are chosen by the first wish that is there', () => {
    expect(chooseLanguage(['de', 'zh-TW', 'en']).code).toBe('zh');
    expect(chooseLanguage(['in-ID']).code).toBe('id');
    expect(chooseLanguage(['tl']).code).toBe('fil');
    expect(chooseLanguage(['de']).code).toBe('en');
  });
});
