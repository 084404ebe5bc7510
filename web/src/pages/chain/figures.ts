import { share } from '../../lib/format';
import type { Range } from './network';

/** A part of one as the reader's language writes it. */
export const percent = share;

/** The likely part, and in brackets between which bounds it is known. */
export function range(part: Range | null): string {
  if (!part) return '';
  const [low, likely, high] = [share(part.low), share(part.likely), share(part.high)];
  return low === high ? likely : `${likely} (${low} – ${high})`;
}
