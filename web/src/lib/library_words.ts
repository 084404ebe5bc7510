// Names of what comes with the program, in the reader's language: straits, episodes of the library and indicators, by their
// identifiers. messages/LANGUAGE/library.json has them; what a file of one's own adds is called as it says itself.
import { has, loadMessages, t } from './i18n.svelte';

const word = (key: string, otherwise: string) => (has(`library.${key}`) ? t(`library.${key}`) : otherwise);

export const loadLibraryWords = (): Promise<void> => loadMessages('library');
export const straitName = (id: string, otherwise: string): string => word(`strait.${id}`, otherwise);
export const episodeTitle = (id: string, otherwise: string): string => word(`episode.${id}`, otherwise);
export const episodeAbout = (id: string, otherwise: string): string => word(`episode.${id}.about`, otherwise);
export const indicatorTitle = (id: string, otherwise: string): string => word(`indicator.${id}`, otherwise);
