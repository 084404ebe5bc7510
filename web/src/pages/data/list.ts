// The own records as the list asks for them: a page at a time, and all of them for a spreadsheet.
import { api, type Outcome } from '../../lib/api';
import { t } from '../../lib/i18n.svelte';
import { nameOf, type RecordType, type SeenRecord } from '../../lib/records';
import type { Sheet } from '../../lib/save_answer';
import { sheetOf, type Column } from '../../ui/table';

/** What the list shows of. */
export interface Wanted {
  type: string;
  words: string;
  /** As whom the records are looked at; empty: as oneself. */
  viewAs: string;
}

/** Records on one page of the list. */
export const onPage = 100;
/** More than this the server does not give at once. */
const atOnce = 500;

type Page = { records: SeenRecord[]; total: number };

export async function askRecords(wanted: Wanted, offset: number, limit: number, signal?: AbortSignal): Promise<Outcome<Page>> {
  const whose = wanted.viewAs ? { view_as: wanted.viewAs } : { mine: 'yes' };
  const query = { ...whose, type: wanted.type || undefined, q: wanted.words || undefined, offset: offset || undefined, limit };
  const outcome = await api.get('/api/v1/records', { query: query as object, ...(signal ? { signal } : {}) });
  return outcome as unknown as Outcome<Page>;
}

export function columnsOf(types: RecordType[], canOrder: boolean): Column<SeenRecord>[] {
  const fixed = !canOrder;
  const titleOf = (key: string) => types.find((one) => one.key === key)?.title ?? key;
  return [
    { key: 'name', label: t('data.col.name'), fixed, text: nameOf },
    { key: 'type', label: t('data.col.type'), fixed, text: (record) => titleOf(record.type) },
    { key: 'id', label: t('data.col.id'), fixed, text: (record) => record.id, wide: true },
    { key: 'filled', label: t('data.col.filled'), fixed, number: true, text: (record) => Object.values(record.fields).filter((value) => value !== null).length },
  ];
}

/** All records that the list is of; what the server does not give any more is left out. */
export async function listSheets(wanted: Wanted, types: RecordType[]): Promise<Sheet[]> {
  const records: SeenRecord[] = [];
  for (let total = 1; records.length < total; ) {
    const outcome = await askRecords(wanted, records.length, atOnce);
    if (!outcome.ok) throw outcome.error;
    if (outcome.data.records.length === 0) break;
    records.push(...outcome.data.records);
    total = outcome.data.total;
  }
  return [sheetOf(t('data.records'), columnsOf(types, true), records)];
}
