import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/lib/api';
import { toCsv } from '../../src/lib/csv';

describe('addresses of the API', () => {
  it('take words of the path and of the query', () => {
    expect(addressOf('/api/v1/records/{id}', { id: 'MYS.a/b c' })).toBe('/api/v1/records/MYS.a%2Fb%20c');
    expect(addressOf('/api/v1/records', {}, { field: ['kind:x', 'maker:y'], limit: 5, q: '', owner: undefined })).toBe(
      '/api/v1/records?field=kind%3Ax&field=maker%3Ay&limit=5',
    );
  });
});

describe('CSV', () => {
  it('quotes what has to be, and defuses formulas', () => {
    expect(toCsv(['a', 'b'], [['x,y', 'say "hi"'], ['=1+1', -5], [null, '-3.5']])).toBe('a,b\r\n"x,y","say ""hi"""\r\n\'=1+1,-5\r\n,-3.5\r\n');
  });
});
