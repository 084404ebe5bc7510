// A question to the server whose answer a component shows: `const records = load(() => api.get(...))`. It is asked
// again when what it reads of the state changes, and an answer that comes too late is dropped.
import type { ApiError, Outcome } from './api';

export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  again(): void;
}

/** Requires: called while a component is set up. What `ask` reads before it waits decides when it is asked again. */
export function load<T>(ask: (signal: AbortSignal) => Promise<Outcome<T>> | undefined): Loaded<T> {
  let data = $state.raw<T | undefined>(undefined);
  let error = $state.raw<ApiError | undefined>(undefined);
  let isLoading = $state(true);
  let round = $state(0);

  $effect(() => {
    void round;
    const calling = new AbortController();
    const asked = ask(calling.signal);
    if (!asked) {
      isLoading = false;
      return () => calling.abort();
    }
    isLoading = true;
    asked.then(
      (outcome) => {
        if (calling.signal.aborted) return;
        isLoading = false;
        if (outcome.ok) {
          data = outcome.data;
          error = undefined;
        } else {
          error = outcome.error;
        }
      },
      (problem: unknown) => {
        if (calling.signal.aborted) return; // called off
        isLoading = false;
        error = { code: 'unknown', message: '', details: [] };
        console.warn(problem);
      },
    );
    return () => calling.abort();
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get isLoading() {
      return isLoading;
    },
    again() {
      round += 1;
    },
  };
}
