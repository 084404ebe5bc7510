// What stands below the first screen is drawn when a reader comes near it, so that what is on the screen can be used
// sooner; a while later in any case, for who searches the page or hears it; and at once where the page is printed.

/** Draws what waits; each of these once. */
const waiting = new Set<() => void>();
/** So near to the screen, and it is drawn. */
const margin = '240px';
/** So long after the page stands there, what nobody came near to is drawn, one piece after the other. */
const patience = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;

const whenIdle = (work: () => void) => ('requestIdleCallback' in globalThis ? requestIdleCallback(work) : setTimeout(work, 50));

function drawNext(): void {
  const [first] = waiting;
  first?.();
  if (waiting.size > 0) whenIdle(drawNext);
}

/** Draws all that waits, as for a page that is printed. */
export function drawAll(): void {
  for (const draw of [...waiting]) draw();
}

if (typeof addEventListener === 'function') addEventListener('beforeprint', drawAll);

/** Calls `draw` once, when the element is near the screen or its time has come. Returns what calls it off. */
export function drawLater(element: Element, draw: () => void): () => void {
  const stop = () => {
    observer.disconnect();
    waiting.delete(now);
  };
  const now = () => {
    stop();
    draw();
  };
  const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && now(), { rootMargin: margin });
  observer.observe(element);
  waiting.add(now);
  clearTimeout(timer);
  timer = setTimeout(() => whenIdle(drawNext), patience);
  return stop;
}
