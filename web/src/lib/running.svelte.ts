/** A question that is asked as a job: followed as it goes, stopped, taken up again. */

import { addressOf, api, followJob, request } from './api';
import { saidOf } from './problem';

export interface JobState {
  id: string;
  analysis: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'stopped';
  step: string;
  part: number;
  can_go_on: boolean;
  error: { code: string; message: string } | null;
}

/** A value, several, or what is sent as a file. */
export type Parameters = Record<string, string | number | boolean | string[] | { content: string } | { files: Record<string, string> }>;

export class Running<T> {
  job = $state.raw<JobState | null>(null);
  answer = $state.raw<T | null>(null);
  /** What was asked last. */
  question = $state.raw<{ analysis: string; parameters: Parameters } | null>(null);
  problem = $state('');

  private number = 0;

  /** The question whose answer there is: it can be asked once more, for a spreadsheet. */
  get answered(): { analysis: string; parameters: Parameters } | undefined {
    return this.answer && this.question ? this.question : undefined;
  }

  get isUnderWay(): boolean {
    return this.job?.state === 'queued' || this.job?.state === 'running';
  }

  /** A question that is asked anew leaves the one before to itself. */
  async ask(analysis: string, parameters: Parameters): Promise<T | null> {
    const number = (this.number += 1);
    this.job = null;
    this.answer = null;
    this.question = { analysis, parameters };
    this.problem = '';
    const made = await api.post('/api/v1/jobs', { analysis, parameters });
    if (number !== this.number) return null;
    if (!made.ok) {
      this.problem = saidOf(made.error);
      return null;
    }
    this.job = made.data as unknown as JobState;
    return this.follow(number);
  }

  async stop(): Promise<void> {
    if (this.job) await this.tell('stop');
  }

  async goOn(): Promise<T | null> {
    if (!this.job) return null;
    const number = this.number;
    const taken = await this.tell('resume');
    if (!taken.ok) {
      this.problem = saidOf(taken.error);
      return null;
    }
    this.job = taken.data;
    return this.follow(number);
  }

  /** Without a body: these addresses take none. */
  private tell(what: 'stop' | 'resume') {
    const id = this.job?.id ?? '';
    return request<JobState>('POST', addressOf(`/api/v1/jobs/{id}/${what}`, { id }));
  }

  private async follow(number: number): Promise<T | null> {
    const id = this.job?.id;
    if (!id) return null;
    const end = await followJob(id, (job) => {
      if (number === this.number) this.job = job as JobState;
    });
    if (number === this.number && !end.ok) this.problem = saidOf(end.error);
    if (number !== this.number || this.job?.state !== 'done') {
      if (number === this.number && this.job?.state === 'failed') {
        this.problem = saidOf({ code: '', message: '', ...this.job.error });
      }
      return null;
    }
    const result = await api.get('/api/v1/jobs/{id}/result', { params: { id } });
    if (number !== this.number) return null;
    if (result.ok) {
      this.answer = result.data as unknown as T;
      return this.answer;
    }
    this.problem = saidOf(result.error);
    return null;
  }
}
