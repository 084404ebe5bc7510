// How long the first view takes on a slow laptop: the processor slowed down four times, a line of 10 Mbit/s with 40 ms
// there and back, nothing in the cache, in a browser that has started. Interactive is when the page's heading and its first data stand there and no
// task of the main thread takes longer than 50 ms any more. The first view is what a screen of 1280 by 900 shows: what stands below it is drawn
// when a reader comes near it, or after four seconds in pieces (web/src/lib/later.ts), and is not in these figures. Budget: 1,500 ms, 250 kB (issue of the application).
//
//   node bench/web/first_view.mjs [RUNS]        with a built program; ADIC names another one
import { loadavg } from 'node:os';
import { openBrowser, startServer } from '../../tests/web/harness.mjs';

const runs = Number(process.argv[2] ?? 5);
const paths = ['/', '/chain/vhf-field-radio', '/catalogue?q=radio', '/shock'];
const slowdown = 4;
const bits = 10_000_000;
const roundTrip = 40;
/** So long without a long task, and the page is taken to be quiet. */
const quiet = 1000;
/** So long after its window is there, a browser is done with its own start. */
const started = 3000;

const watch = () => {
  const seen = (globalThis.adicFirstView = { heading: 0, data: 0, busyUntil: 0 });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) seen.busyUntil = Math.max(seen.busyUntil, task.startTime + task.duration);
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver(() => {
    const now = performance.now();
    if (!seen.heading && document.querySelector('main h1')) seen.heading = now;
    if (!seen.data && document.querySelector('main tbody tr, main canvas, main svg[role], main li a, main li button')) seen.data = now;
  }).observe(document, { childList: true, subtree: true });
};

async function measure(server, path) {
  const browser = await openBrowser();
  const { page, context } = browser;
  const devtools = await context.newCDPSession(page);
  let bytes = 0;
  let files = 0;
  await page.waitForTimeout(started);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: roundTrip,
    downloadThroughput: bits / 8,
    uploadThroughput: bits / 8,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  devtools.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
    files += 1;
  });
  await page.addInitScript(watch);
  await page.goto(server.url(path), { waitUntil: 'networkidle' });
  await page.waitForTimeout(quiet);
  const seen = await page.evaluate(() => globalThis.adicFirstView);
  await browser.close();
  return { ...seen, interactive: Math.max(seen.heading, seen.data, seen.busyUntil), bytes, files };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const server = await startServer();
console.log(`processor / ${slowdown}, ${bits / 1e6} Mbit/s, ${roundTrip} ms, median of ${runs} runs; load average before them ${loadavg()[0].toFixed(1)}`);
for (const path of paths) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure(server, path));
  const of = (key) => Math.round(median(all.map((one) => one[key])));
  console.log(`${path}: heading ${of('heading')} ms, data ${of('data')} ms, interactive ${of('interactive')} ms, ${Math.round(of('bytes') / 1000)} kB with answers in ${of('files')} requests`);
}
await server.stop();
