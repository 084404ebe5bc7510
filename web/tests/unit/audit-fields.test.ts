import { beforeAll, describe, expect, it } from 'vitest';
import { loadMessages } from '../../src/lib/i18n.svelte';
import { shownTexts } from '../../src/pages/audit/fields';

beforeAll(async () => {
  for (const part of ['shell', 'records', 'audit']) await loadMessages(part);
});

describe('what the log says was shown', () => {
  it('is said by the titles of fields, the record itself first', () => {
    expect(shownTexts(['hs.confidence', 'in_force', 'note', 'record'])).toEqual(['that there is such a record', 'Confidence of the HS code', 'In force since', 'Note']);
  });

  it('says how much of a field was shown', () => {
    expect(shownTexts(['staff:generalised', 'price:exists'])).toEqual(['Price (only that there is one)', 'Staff (rounded, by its rule)']);
  });

  it('calls a field as the type of the record does', () => {
    expect(shownTexts(['since'], 'interest')).not.toEqual(shownTexts(['since']));
  });

  it('names properties, and what nobody has named by its key', () => {
    expect(shownTexts(['properties.mass', 'strange'])).toEqual(['Mass', 'strange']);
  });
});
