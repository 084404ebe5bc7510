/** The colours of the picture, taken from the style of the page, so that both themes have theirs. */

import type { Palette } from './draw';

/** Six colours of kinds, then a scale of five from light to dark. */
export const fillCount = 11;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: value('--picture-ink'),
    muted: value('--picture-muted'),
    line: value('--picture-line'),
    edge: value('--picture-edge'),
    surface: value('--picture-surface'),
    page: value('--picture-page'),
    accent: value('--picture-accent'),
    danger: value('--picture-danger'),
    insideBar: value('--picture-inside'),
    outsideBar: value('--picture-outside'),
    colours: Array.from({ length: fillCount }, (_, i) => value(`--picture-fill-${i}`)),
    neutral: [value('--picture-other'), value('--picture-inside')],
    font: style.fontFamily,
  };
}

/** Calls back when the theme changes, by the system or by the switch of the page. */
export function watchTheme(changed: () => void): () => void {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  return () => {
    media.removeEventListener('change', changed);
    observer.disconnect();
  };
}
