// What somebody writes who wants a page to break, to lie or to run something: in addresses, in cells, in names. It stays text,
// stays in its place, and what cannot be taken is said by cell.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let browser;
let page;
let dialogs = 0;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ acceptDownloads: true });
  page = browser.page;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    return dialog.dismiss();
  });
  await readAs(page, server, 'PHL');
});
after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });

/** Nothing of the text became part of the page, nothing ran, nothing broke, nothing is wider than the screen. */
async function expectCalm(where) {
  assert.equal(await page.locator('img[onerror], svg[onload], b.hostile, script:not([src])').count(), 0, `${where}: text became elements`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 1, `${where} is ${wide} px wider than the screen`);
  assert.doesNotMatch(await page.locator('body').innerText(), /This page has failed/, where);
  assert.deepEqual(browser.complaints.splice(0), [], where);
  assert.equal(dialogs, 0, where);
}

const markup = encodeURIComponent('<img src=x onerror=alert(1)>');
const long = 'a'.repeat(3000);
const addresses = [
  `/catalogue?q=${markup}`,
  `/catalogue?q=${encodeURIComponent('\u202Eradio')}&type=__proto__`,
  `/catalogue/${long}`,
  `/catalogue/compare?ids=${Array(200).fill('x').join(',')}`,
  `/chain/${markup}`,
  `/chain/${long}`,
  '/chain/vhf-field-radio?pick=__proto__&colour=constructor&view=zz&cut=a%2Bb',
  '/shock?episode=%00&item=__proto__',
  '/shock?episode=constructor&item=constructor',
  `/shock?episode=${long}`,
  `/buying/pool?item=${markup}`,
  `/buying/projects/${encodeURIComponent('<svg onload=alert(1)>')}`,
  `/buying/award?project=${long}`,
  '/buying/share?example=__proto__',
  '/buying/balance?view=constructor',
  '/briefs?item=__proto__&shock=constructor',
  '/?from=__proto__&item=constructor&measure=toString',
  `/?from=${markup}`,
  `/data/${long}`,
  '/data/BRN.patrol-1?tab=__proto__',
  '/admin?tab=toString',
];
for (const path of addresses) {
  test(`is calm at ${path.slice(0, 60)}`, async () => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await visit(page, server, path);
      await expectCalm(`${path.slice(0, 60)} at ${width} px`);
    }
    assert.ok((await page.locator('main').innerText()).trim() !== '', 'it says something');
  });
}

const sheet = [
  'Name\tKind\tPart no\tRemarks',
  '<img src=x onerror=alert(1)> radio\titem of supply\tHOSTILE-1\t=HYPERLINK("http://evil.example","pay here")',
  'Radio \u202Egnp.exe\titem of supply\tHOSTILE-2\t@SUM(1)',
  `${'W'.repeat(400)}\titem of supply\tHOSTILE-3\t${'\u0301'.repeat(200)}`,
  'nul \u0000 and \uD800 half\titem of supply\tHOSTILE-4\t\u2066',
  '{n, plural, other {#}} ${7*7} <b class=hostile>b</b>\titem of supply\tHOSTILE-5\t+1',
].join('\n');

test('names signs that are no letters, cell by cell, before anything is sent', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit(page, server, '/data/import');
  await page.getByLabel('Cells from a spreadsheet').fill(sheet);
  await button('Look at the cells').click();
  await page.getByText('3 cells are not right').waitFor();
  const said = await page.locator('.note.bad').innerText();
  assert.match(said, /Row 3, Name:\s+There is a sign here that is no letter and cannot be seen \(U\+202E\)/);
  assert.match(said, /Row 5, Name:[\s\S]*U\+0000/);
  assert.match(said, /Row 5, Remarks:[\s\S]*U\+2066/);
  assert.ok(await button('See what will change').isDisabled());
  await takePicture(page, 'data-import-hostile-desk');
  await expectCalm('cells with signs');
});

test('takes everything else as the text that it is, and gives spreadsheets no formula', async () => {
  await page.getByLabel('Row 3, Name', { exact: true }).fill('Radio exe');
  await page.getByLabel('Row 5, Name', { exact: true }).fill('nul and half');
  await page.getByLabel('Row 5, Remarks', { exact: true }).fill('');
  await button('See what will change').click();
  await page.getByRole('heading', { name: 'What will change?' }).waitFor();
  await expectCalm('what will change');
  await button('Save 5 records').click();
  await page.getByRole('heading', { name: 'Saved' }).waitFor();
  for (const path of ['/catalogue?q=HOSTILE', '/data']) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await visit(page, server, path);
      await expectCalm(`${path} at ${width} px`);
    }
    assert.match(await page.locator('main').innerText(), /<img src=x onerror=alert\(1\)> radio/);
    await takePicture(page, `hostile-${path.slice(1, 5)}-phone`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  const answer = await page.context().request.get(server.url('/api/v1/records?type=product&q=HOSTILE'), { headers: { Accept: 'text/csv' } });
  const table = await answer.text();
  assert.match(table, /'=HYPERLINK/, 'a formula stands behind an apostrophe');
  assert.doesNotMatch(table, /(^|,)"?[=@]/m);
});

test('reads a paste of 5 MB, or says why not, without standing still', async () => {
  await visit(page, server, '/buying/flags');
  const huge = `{"ocid":"${'x'.repeat(5_000_000)}"`;
  await page.locator('input[type=file]').first().setInputFiles({ name: 'huge.json', mimeType: 'application/json', buffer: Buffer.from(huge) });
  await page.getByRole('alert').first().waitFor({ timeout: 30_000 });
  await expectCalm('a file that ends in the middle');
  await visit(page, server, '/buying/award');
  await page.locator('input[type=file]').first().setInputFiles({ name: 'items.csv', mimeType: 'text/csv', buffer: Buffer.from(`item\n${'<b class=hostile>,'.repeat(100_000)}\n`) });
  await page.locator('summary', { hasText: /^Items/ }).waitFor();
  await expectCalm('a table of one endless row');
});
