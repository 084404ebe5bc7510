// Light, dark, or as the system wishes.
import { keep, kept } from './remember';

export type Theme = 'system' | 'light' | 'dark';
export const themes: Theme[] = ['system', 'light', 'dark'];

export const theme: { chosen: Theme } = $state({ chosen: 'system' });

export function setTheme(chosen: Theme): void {
  theme.chosen = chosen;
  keep('theme', chosen);
  if (chosen === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = chosen;
}

export function startTheme(): void {
  const chosen = kept('theme');
  setTheme(themes.find((one) => one === chosen) ?? 'system');
}
