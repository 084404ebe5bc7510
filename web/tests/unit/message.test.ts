import { describe, expect, it } from 'vitest';
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

  it('leave alone what they do not know', () => {
    expect(format('{missing} and {', {}, 'en')).toBe('{missing} and {');
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
