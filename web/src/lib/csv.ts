// A table as CSV (RFC 4180), for spreadsheets: a cell that would be taken for a formula is led by an apostrophe.
export type Cell = string | number | boolean | null | undefined;

function written(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  const isFormula = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell));
  const text = isFormula ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toCsv(head: string[], rows: Cell[][]): string {
  return [head, ...rows].map((row) => row.map(written).join(',')).join('\r\n') + '\r\n';
}

export function download(name: string, content: string | Blob, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
