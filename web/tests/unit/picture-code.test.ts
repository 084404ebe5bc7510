// The picture of a key is read back by a reader of another maker than the one who drew it.
import readPicture from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { pictureCodeOf } from '../../src/lib/picture_code';

/** The path as a camera sees it: so many points for each square, dark on white. */
function photographed(text: string, points = 4) {
  const { size, path } = pictureCodeOf(text);
  const width = size * points;
  const data = new Uint8Array(4 * width * width).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = 0; row < points; row += 1) {
      for (let column = 0; column < points; column += 1) {
        data.fill(0, 4 * ((Number(y) * points + row) * width + Number(x) * points + column), 4 * ((Number(y) * points + row) * width + Number(x) * points + column) + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('the picture of a key', () => {
  it.each([
    ['a key', 'otpauth://totp/adic:siti?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=adic'],
    ['a long name', `otpauth://totp/adic:${'aminah.binti.ali@defence.example'.repeat(3)}?secret=JBSWY3DPEHPK3PXP&issuer=adic`],
    ['one letter', 'a'],
  ])('holds %s', (_, text) => expect(readPicture(photographed(text))).toBe(text));

  it('has a rim of four white squares', () => {
    const { size, path } = pictureCodeOf('a');
    const places = [...path.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect(Math.min(...places)).toBe(4);
    expect(Math.max(...places)).toBe(size - 5);
  });
});
