// The regional secretariat: the state of the region on a page, coverage by state without a ranking, and an annex for a meeting
// of two pages, in minutes.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { artefacts, expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ acceptDownloads: true });
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
  const byName = ['Brunei Darussalam', 'Cambodia', 'Indonesia', 'Lao PDR', 'Malaysia', 'Myanmar', 'Philippines', 'Singapore', 'Thailand', 'Timor-Leste', 'Viet Nam'];
  const names = await table.locator('tbody th').allInnerTexts();
  assert.deepEqual(names.map((name) => name.trim().split('\n').at(-1).trim()), ['ASEAN', ...byName]);
  for (const chooser of ['Seen from', 'Read as']) {
    const offered = await page.getByLabel(chooser).locator('option').allInnerTexts();
    assert.deepEqual(offered.filter((name) => byName.includes(name)), byName, chooser);
  }
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

const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

test('reads as an organisation to which states release, and sees that and no more', async () => {
  const { page } = browser;
  await visit(page, server, '/');
  await page.getByLabel('Read as').selectOption('org:secretariat');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Buying together' }).click();
  await page.getByRole('row', { name: /Common patrol craft/ }).first().waitFor();
  const waits = page.getByRole('region', { name: 'What they wait for' });
  await waits.getByRole('row', { name: /Signature: Letter of intent[\s\S]*Viet Nam/ }).waitFor();
  await page.getByRole('region', { name: /Without a change for more than 60 days/ }).getByText('No project stands still.').waitFor();
  const coverage = page.getByRole('table', { name: 'Records shown to you, by state and kind' });
  const states = await coverage.locator('tbody th').allInnerTexts();
  const names = states.map((name) => name.trim().split('\n').at(-1).trim());
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, 'en')), 'in the order of names');
  assert.equal(names.length, 11);
  assert.equal(await coverage.locator('thead button').count(), 0, 'nobody is ranked');
  assert.match(await page.locator('main').innerText(), /says nothing about what a state keeps or ought to show/);
  assert.match(await coverage.getByRole('row', { name: /Malaysia/ }).innerText(), /Malaysia\s+1\s+0\s+0\s+0\s+0\s+[1-9]/, 'of its needs and products nothing is shown to it');
  await expectAccessible(page, 'what keeps the secretariat going');
  await takePicture(page, 'secretariat-dashboard');
  await page.getByRole('link', { name: 'Common patrol craft' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Common patrol craft' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: /What you can do/ }).count(), 0, 'it only reads');
  assert.doesNotMatch(await page.locator('main').innerText(), /Brunei|open coast|6,000,000/);
  const [file] = await Promise.all([page.waitForEvent('download'), visit(page, server, '/buying').then(() => page.getByRole('region', { name: 'What each state shows you' }).getByRole('button', { name: 'Save as CSV' }).click())]);
  assert.match(readFileSync(await file.path(), 'utf8'), /^State,Firms,Products/);
});

test('makes an annex for a meeting in a few presses, of two pages at most', async () => {
  const { page } = browser;
  await visit(page, server, '/');
  const started = Date.now();
  await page.getByRole('link', { name: 'Briefs' }).click();
  await page.getByRole('link', { name: 'Make the annex' }).click();
  await page.getByRole('heading', { name: 'What is not known' }).waitFor();
  const text = await page.locator('main').innerText();
  for (const part of [/Letter of intent: 1/, /What they wait for/, /What each state shows you/, /Where supply breaks first/, /What a state does not show to this reader/]) assert.match(text, part);
  // As the button does: the sources are asked for, then it is printed.
  await page.evaluate(() => (window.print = () => (document.title = 'printed')));
  await page.getByRole('button', { name: 'Brief' }).click();
  await page.locator('.print-only').getByText(/Regional secretariat/).waitFor({ state: 'attached' });
  await page.locator('.print-only').getByText(/Sources/).waitFor({ state: 'attached' });
  const pdf = await page.pdf({ format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  writeFileSync(join(artefacts, 'annex.pdf'), pdf);
  const seconds = (Date.now() - started) / 1000;
  console.log(`an annex of ${pagesOf(pdf)} pages: 3 presses, ${seconds.toFixed(1)} s`);
  assert.ok(pagesOf(pdf) <= 2, `${pagesOf(pdf)} pages`);
  assert.ok(seconds < 300);
  await expectAccessible(page, 'an annex');
  await takePicture(page, 'secretariat-annex');
});

test('says since when a project stands still', async () => {
  const { page } = browser;
  const still = await openBrowser();
  await still.page.clock.install({ time: new Date(Date.now() + 75 * 86_400_000) });
  await readAs(still.page, server, 'org:secretariat');
  await still.page.goto(server.url('/buying'));
  const region = still.page.getByRole('region', { name: /Without a change for more than 60 days/ });
  await region.getByText(/Common patrol craft since \d/).waitFor();
  await still.close();
  assert.ok(page);
});

test('a state proves in under a minute who was shown what', async () => {
  const { page } = browser;
  await readAs(page, server, 'MYS');
  await visit(page, server, '/');
  const started = Date.now();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /Audit/ }).click();
  // Of what was shown since the last head is proof only under a new one.
  await page.getByRole('button', { name: 'Sign the head now' }).click();
  await page.getByText(/The head of .* is signed over/).waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the evidence' }).click()]);
  const evidence = readFileSync(await file.path(), 'utf8');
  assert.match(evidence, /org:secretariat/, 'what the secretariat was shown stands in it');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await page.getByText('Verified', { exact: true }).waitFor();
  const seconds = (Date.now() - started) / 1000;
  console.log(`evidence saved and verified: 4 presses, ${seconds.toFixed(1)} s`);
  assert.ok(seconds < 60);
  assert.deepEqual(browser.complaints, []);
});
