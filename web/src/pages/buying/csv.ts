// Rows of a table as it is dropped or pasted: CSV (RFC 4180), with commas, semicolons or tabs between the cells.

/** The mark that parts the cells of the first line. */
function markOf(text: string): string {
  const line = text.slice(0, text.search(/\r?\n|$/));
  return ['\t', ';', ','].find((mark) => line.includes(mark)) ?? ',';
}

export function parseCsv(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/, '');
  const mark = markOf(plain);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.some((one) => one.trim())) rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at]!;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (plain[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === mark) {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  endRow();
  return rows;
}
