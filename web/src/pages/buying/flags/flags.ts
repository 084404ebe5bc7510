// Flags as `adic flags` answers: which indicators were raised, on what, and why; and a file of tenders made ready to send.
import settings from '../../../../../data/procure/flags.csv?raw';
import type { Sentence } from '../../../lib/said';

export const standardSettings = settings;

export interface FlagRow {
  flag: string;
  subject: string;
  id: string;
  value: number | null;
  figures: Sentence;
}

export interface IndicatorRow {
  flag: string;
  title: string;
  subject: string;
  judged: number;
  raised: number;
  first_quartile: number | null;
  third_quartile: number | null;
  lower_fence: number | null;
  upper_fence: number | null;
  idle: string;
}

export interface FlagsAnswer {
  flags?: FlagRow[];
  indicators?: IndicatorRow[];
  problems?: { rule: string; file: string; row: number | null; column: string; value: string; message: string }[];
  notes: Sentence[];
}

export interface Indicator {
  flag: string;
  title: string;
  rows: IndicatorRow[];
  raised: number;
}

/** The indicators, each once, with what was judged by it; those that were raised first, then by code. */
export function indicatorsOf(answer: FlagsAnswer): Indicator[] {
  const byFlag = new Map<string, Indicator>();
  for (const row of answer.indicators ?? []) {
    const one = byFlag.get(row.flag) ?? { flag: row.flag, title: row.title, rows: [], raised: 0 };
    one.rows.push(row);
    one.raised += row.raised;
    byFlag.set(row.flag, one);
  }
  return [...byFlag.values()].sort((a, b) => Number(b.raised > 0) - Number(a.raised > 0) || a.flag.localeCompare(b.flag));
}

export interface Suspect {
  subject: string;
  id: string;
  flags: FlagRow[];
}

/** What was flagged, by what it is about, those with the most different flags first. */
export function bySubject(flags: FlagRow[]): Suspect[] {
  const all = new Map<string, Suspect>();
  for (const row of flags) {
    const key = `${row.subject} ${row.id}`;
    const one = all.get(key) ?? { subject: row.subject, id: row.id, flags: [] };
    one.flags.push(row);
    all.set(key, one);
  }
  return [...all.values()].sort((a, b) => b.flags.length - a.flags.length || a.id.localeCompare(b.id));
}

/** The most that a job takes, with room for what is escaped on the way. */
export const mostCharacters = 30_000_000;

/** The text of a file; what is packed with gzip is unpacked here. */
export async function textOf(file: Blob): Promise<string> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  return isPacked ? new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text() : file.text();
}
