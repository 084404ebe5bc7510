/** Lays a network out, beside the page's own thread when it is large. */

import { layOut, type Layout, type LayoutInput } from './layout';

/** Below this, laying out takes far less than 50 ms: tests/unit/chain-layout.bench.ts. */
export const smallNetwork = 10_000;

export function place(input: LayoutInput, aspect: number): Promise<Layout> {
  if (input.tiers.length <= smallNetwork || typeof Worker === 'undefined') {
    return Promise.resolve(layOut(input, aspect));
  }
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
    const end = (layout: Layout): void => {
      worker.terminate();
      resolve(layout);
    };
    worker.onmessage = (event: MessageEvent<Layout>) => end(event.data);
    worker.onerror = () => end(layOut(input, aspect));
    worker.postMessage({ input, aspect });
  });
}
