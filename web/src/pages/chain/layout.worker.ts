import { layOut, type LayoutInput } from './layout';

self.onmessage = (event: MessageEvent<{ input: LayoutInput; aspect: number }>) => {
  self.postMessage(layOut(event.data.input, event.data.aspect));
};
