// What the tests of the browser application stand on: the program's own server on a free port, the system's
// Chromium, axe, and screenshots into the build folder. ADIC names the program, ADIC_ARTEFACTS the folder.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axeSource = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = process.env.ADIC ?? join(root, 'build/release/bin/adic');
export const artefacts = process.env.ADIC_ARTEFACTS ?? join(root, 'build/release/tests/web');

/** Servers and browsers that were not stopped, because a test failed before: its process would never end. */
const running = new Set();
// After what the test itself says, which stands in its file and comes later.
if (process.env.NODE_TEST_CONTEXT) setImmediate(() => after(() => Promise.all([...running].map((one) => one.stop()))));

/** What the program prints, after it was given `input`. */
export function run(words, input = '') {
  return execFileSync(program, words, { input, encoding: 'utf8' });
}

/** A folder of this test alone. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'adic-web-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The code that an authenticator app shows `steps` of 30 s from now (RFC 6238). */
export function codeOf(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[^A-Z2-7]/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const from = digest[19] & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** The sample, or what the words say. */
export async function startServer(words = []) {
  const child = spawn(program, ['serve', '--port', '0', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const hear = (bytes) => {
      said += bytes;
      const found = /^adic serves (http\S+)$/m.exec(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`adic serve has ended: ${said}`)));
  });
  const server = {
    address,
    url: (path) => new URL(path, address).href,
    stop: () => {
      running.delete(server);
      child.kill('SIGTERM');
      return ended;
    },
  };
  running.add(server);
  return server;
}

/** So long until what was drawn has asked, and got, what it shows. */
const settling = 600;

export function findChromium() {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
}

/** A browser of its own. Whatever the page complains of is kept in `complaints`. */
export async function openBrowser(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'adic-web-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    headless: true,
    chromiumSandbox: false,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  const stop = async () => {
    running.delete(browser);
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const browser = { stop };
  running.add(browser);
  return { page, context, complaints, close: stop };
}

/** Comes into the sample as a reader, as the switch of the page does. */
export async function readAs(page, server, reader) {
  const asking = page.context().request;
  const session = await (await asking.get(server.url('/api/v1/session'))).json();
  const response = await asking.post(server.url('/api/v1/session'), {
    data: { as: reader },
    headers: { 'X-Adic-CSRF': session.csrf ?? '' },
  });
  assert.equal(response.status(), 200, `reading as ${reader}`);
}

/** Remembers choices as the settings do, before a page is opened. */
export async function choose(page, server, { language = 'en', theme = 'system' } = {}) {
  await page.goto(server.url('/healthz'));
  await page.evaluate(
    ([code, look]) => {
      localStorage.setItem('adic.language', code);
      localStorage.setItem('adic.theme', look);
    },
    [language, theme],
  );
}

/** Opens a page and waits until it asks nothing more, with all that stands below the first screen. */
export async function visit(page, server, path) {
  await page.goto(server.url(path), { waitUntil: 'networkidle' });
  await page.locator('main').waitFor();
  await drawAll(page);
}

/** Draws what a page keeps until a reader comes near, as printing does. */
export async function drawAll(page) {
  if ((await page.locator('main [data-later]').count()) === 0) return;
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.locator('main [data-later]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(settling);
  await page.locator('main .progress').first().waitFor({ state: 'detached' });
}

/** Fails with every breach of WCAG 2.2 AA that axe finds. */
export async function expectAccessible(page, where) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  const breaches = found.violations.map(
    (violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${node.target} ${node.html.slice(0, 160)} ${(node.any[0] ?? node.all[0])?.message ?? ''}`).join('\n')}`,
  );
  assert.deepEqual(breaches, [], `${where}:\n${breaches.join('\n')}`);
}

export async function takePicture(page, name) {
  const folder = join(artefacts, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
