// How a network of many items moves in the browser: the program's own server and pages, an answer of a made network in
// place of the map's, Chromium without a graphics card. Times between frames while it is dragged and pointed at.
//
//   node bench/web/chain_frames.mjs [ITEMS]      5,000 unless said otherwise; ADIC names the program
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { openBrowser, readAs, startServer, visit } from '../../tests/web/harness.mjs';

const seed = 20_261_125;
const items = Number(process.argv[2] ?? 5_000);
const folder = fileURLToPath(new URL('../../web', import.meta.url));
const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { createServer } = await import(web.resolve('vite').replace('index.cjs', 'dist/node/index.js'));

const reading = await createServer({ configFile: false, root: folder, appType: 'custom', server: { middlewareMode: true, ws: false }, optimizeDeps: { noDiscovery: true } });
const { makeNetwork } = await reading.ssrLoadModule('/tests/unit/made-network.ts');
await reading.close();
const network = makeNetwork(items, seed);

const server = await startServer();
const { page, close } = await openBrowser({ viewport: { width: 1440, height: 900 } });
await readAs(page, server, 'PHL');
const body = JSON.stringify({ command: 'network', ...network, notes: [] });
await page.route('**/api/v1/analyses/network*', (route) => route.fulfill({ contentType: 'application/json', body }));

async function frames(what, act) {
  await page.evaluate(() => {
    globalThis.gaps = [];
    let last = 0;
    const note = (now) => {
      if (last) globalThis.gaps.push(now - last);
      last = now;
      globalThis.noting = requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await act();
  const gaps = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.noting);
    return globalThis.gaps.sort((a, b) => a - b);
  });
  const at = (part) => gaps[Math.floor((gaps.length - 1) * part)].toFixed(1);
  console.log(`${what}: ${gaps.length} frames, median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`);
}

const began = performance.now();
await visit(page, server, '/chain/item-0?pick=item-40');
await page.getByRole('application').waitFor();
console.log(`${items} items, ${network.needs.length} needs, seed ${seed}: shown after ${Math.round(performance.now() - began)} ms`);
await page.getByRole('button', { name: 'Show all' }).click();
const box = await page.locator('canvas').first().boundingBox();
const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
const drag = async () => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 120; step += 1) await page.mouse.move(x + 120 * Math.sin(step / 9), y + 60 * Math.sin(step / 5));
  await page.mouse.up();
};
await frames('dragging all of it', drag);
for (let step = 0; step < 5; step += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
await frames('dragging where names can be read', drag);
await frames('pointing at boxes', async () => {
  for (let step = 0; step < 120; step += 1) await page.mouse.move(x + 2 * step, y + step);
});
await close();
await server.stop();
