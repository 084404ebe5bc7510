// Short notices at the edge of the page; with `undo`, the way back stays open as long as the notice does.
import { whenForgetting } from './forget';

export interface Notice {
  id: number;
  text: string;
  isBad: boolean;
  undo?: () => void | Promise<void>;
}

export const notices: Notice[] = $state([]);
let count = 0;

whenForgetting(() => (notices.length = 0));

export function dismiss(id: number): void {
  const at = notices.findIndex((notice) => notice.id === id);
  if (at >= 0) notices.splice(at, 1);
}

export function toast(text: string, options: { isBad?: boolean; undo?: () => void | Promise<void> } = {}): void {
  count += 1;
  const notice: Notice = { id: count, text, isBad: options.isBad ?? false, ...(options.undo ? { undo: options.undo } : {}) };
  notices.push(notice);
  setTimeout(() => dismiss(notice.id), options.undo || options.isBad ? 12_000 : 6_000);
}
