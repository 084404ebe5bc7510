// What a state vouched for, beside what the record says now.
import type { SeenRecord } from '../../../lib/records';

/** A firm may say anew where it is reached and how many it is: nobody relied on the state for that. */
export const notVouchedFor = ['verified', 'contact', 'staff'];

/** The version with which the state's vouching began; undefined: it does not vouch. Versions stand the oldest first. */
export function vouchedVersion<V extends { record: SeenRecord }>(versions: V[]): V | undefined {
  const isVouched = (at: number) => versions[at]?.record.fields['verified'] === true;
  let at = versions.length - 1;
  if (!isVouched(at)) return undefined;
  while (at > 0 && isVouched(at - 1)) at -= 1;
  return versions[at];
}
