import { describe, expect, it } from 'vitest';
import type { SeenRecord } from '../../src/lib/records';
import { vouchedVersion } from '../../src/pages/catalogue/firm/vouched';

const version = (number: number, verified: boolean | undefined) => ({
  number,
  record: { id: 'IDN.f-1', type: 'organisation', owner: 'IDN', fields: verified === undefined ? {} : { verified } } as unknown as SeenRecord,
});
const from = (...said: (boolean | undefined)[]) => vouchedVersion(said.map((verified, at) => version(at + 1, verified)))?.number;

describe('what a state vouches for', () => {
  it('is the record with which its vouching began', () => {
    expect(from(undefined, true, true, true)).toBe(2);
    expect(from(true)).toBe(1);
  });

  it('begins anew after an end', () => {
    expect(from(true, true, false, true, true)).toBe(4);
  });

  it('is nothing where it does not vouch now', () => {
    expect(from(true, false)).toBeUndefined();
    expect(from(undefined)).toBeUndefined();
    expect(from()).toBeUndefined();
  });
});
