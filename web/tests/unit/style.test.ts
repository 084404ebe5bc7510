// The two lists of dark colours are one, and what is read stands out from its ground in both themes (WCAG 2.2 AA).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('../../src/styles/tokens.css', import.meta.url)), 'utf8');

function colours(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1]!, match[2]!]));
}

const bySystem = /prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme='light'\]\) \{([^}]*)\}/.exec(css)![1]!;
const bySwitch = /:root\[data-theme='dark'\] \{\s*--ground([^}]*)\}/.exec(css)![0];
const light = colours(css.slice(0, css.indexOf('@media')));

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

describe('colours', () => {
  it('are the same dark by the system and by the switch', () => {
    expect(colours(bySwitch)).toEqual(colours(bySystem));
  });

  it.each([
    ['light', light],
    ['dark', { ...light, ...colours(bySystem) }],
  ])('can be read in %s', (_, theme) => {
    for (const ground of ['ground', 'surface', 'raised', 'sunken']) {
      for (const ink of ['ink', 'ink-2', 'ink-3', 'accent']) {
        expect(contrast(theme[ink]!, theme[ground]!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
      for (const mark of ['inside', 'outside', 'focus', 'bad']) {
        expect(contrast(theme[mark]!, theme[ground]!), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
    expect(contrast(theme['bad']!, theme['bad-soft']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme['accent']!, theme['accent-soft']!)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme['accent-ink']!, theme['accent']!)).toBeGreaterThanOrEqual(4.5);
  });

  it('of the scale grow darker, or lighter, step by step', () => {
    for (const theme of [light, colours(bySystem)]) {
      const steps = [0, 1, 2, 3, 4, 5].map((step) => luminance(theme[`scale-${step}`]!));
      const sorted = [...steps].sort((a, b) => a - b);
      expect([sorted, [...sorted].reverse()]).toContainEqual(steps);
    }
  });
});
