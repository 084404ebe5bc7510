// A text as the picture of squares that the camera of a telephone reads (QR code, ISO/IEC 18004), drawn here: a key asks no server.
import { encode } from 'uqr';

/** Squares of white that readers want around the picture. */
const rim = 4;

export interface PictureCode {
  /** Squares on a side, with the rim. */
  size: number;
  /** The dark squares as a path of SVG. */
  path: string;
}

export function pictureCodeOf(text: string): PictureCode {
  const { data, size } = encode(text, { ecc: 'M', border: rim });
  const runs = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: runs.join('') };
}
