// The answer of an analysis, or what a page shows, as a file for a spreadsheet.
import { addressOf, api, followJob, requestFile, type ApiError } from './api';
import { download, toCsv, type Cell } from './csv';
import type { Parameters } from './running.svelte';

export type SheetFormat = 'xlsx' | 'csv';

/** Tables that a page shows, as they are saved. */
export interface Sheet {
  name: string;
  head: string[];
  rows: Cell[][];
}

/** Asks once more, for the file: what was sent with the question is sent again, and nothing of it stays on the server. */
export async function saveAnswer(analysis: string, parameters: Parameters, format: SheetFormat): Promise<ApiError | null> {
  const made = await api.post('/api/v1/jobs', { analysis, parameters, format });
  if (!made.ok) return made.error;
  const { id } = made.data;
  const end = await followJob(id, () => undefined);
  if (!end.ok) return end.error;
  if (end.data.state !== 'done') return { code: end.data.error?.code ?? '', message: end.data.error?.message ?? '', details: [] };
  const file = await requestFile('GET', addressOf('/api/v1/jobs/{id}/result', { id }));
  if (!file.ok) return file.error;
  download(`${analysis}.${format}`, file.data.file);
  await api.delete('/api/v1/jobs/{id}', { params: { id } });
  return null;
}

/** As CSV the tables stand below each other, each under its name. */
export async function saveSheets(name: string, sheets: Sheet[], format: SheetFormat): Promise<void> {
  if (format === 'xlsx') return download(`${name}.xlsx`, (await import('./workbook')).toWorkbook(sheets));
  const parts = sheets.map((sheet) => (sheets.length > 1 ? toCsv([sheet.name], []) : '') + toCsv(sheet.head, sheet.rows));
  download(`${name}.csv`, parts.join('\r\n'));
}
