// The analyst with a bill of materials: 500 lines from a workbook to the ranked list of what breaks, the parts that fit several
// items decided by keyboard, and all of it out again; and no request carries anything of the sheet.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

const head = ['Line', 'Part no.', 'Description', 'Manufacturer', 'Manufacturer part no.', 'NSN', 'HS code', 'Qty per system', 'Unit price USD', 'Lead time', 'Country of origin'];
const kindsOfPart = [
  ['Marine diesel engine', '8408.10', 'Northsea Motors'],
  ['VHF radio 30 W', '', 'Harbour Electronics'],
  ['Navigation radar', '8526.10', 'Harbour Electronics'],
  ['NdFeB magnet', '8505.11', 'Zanzimag'],
  ['Aluminium plate 5083', '', 'Quillmetal'],
  ['Propeller shaft', '', 'Northsea Motors'],
  ['Li-ion cell 18650', '', 'Voltavik'],
  ['Bearing 6204', '', 'Zanzimag'],
  ['Circuit breaker', '8536.20', 'Voltavik'],
  ['Brimblewidget', '', 'Quillmetal'],
];
const origins = ['Japan', 'Germany', 'China', 'USA', 'Viet Nam', 'Malaysia', ''];
const leadTimes = ['12 weeks', '30 days', '2 months', '90', ''];
const bill = (count) => [
  head,
  ...Array.from({ length: count }, (_, at) => {
    const [name, hs, maker] = kindsOfPart[at % kindsOfPart.length];
    return [at + 1, `XQ-${7000 + at}`, at % 3 ? `${name} type ${at}` : name, maker, `MP${at}-ZK`, at % 50 ? '' : '1005-01-234-5678', hs, 1 + (at % 40), `${100 + at}.50`, leadTimes[at % 5], origins[at % 7]].map(String);
  }),
];
const csvOf = (rows) => rows.map((row) => row.join(',')).join('\r\n');
/** What no request may hold: cells that no page would write by itself. */
const telltale = /XQ-7|MP\d+-ZK|Zanzimag|Quillmetal|Voltavik|Northsea|brimblewidget|1005-01-234|6204/i;

let server;
let browser;
let page;
let presses = 0;
const asked = [];
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  page = browser.page;
  await readAs(page, server, 'PHL');
  page.on('request', (request) => asked.push({ from: new URL(page.url()).pathname, what: `${request.method()} ${decodeURIComponent(request.url())} ${request.postData() ?? ''}` }));
});
after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (name) => page.getByRole('tab', { name });
const pressed = async (locator) => {
  presses += 1;
  await locator.click();
};

test('is found from the overview', async () => {
  await visit(page, server, '/');
  await pressed(page.getByRole('link', { name: 'Rank a parts list' }));
  await page.getByRole('heading', { name: 'Your parts list' }).waitFor();
  await page.getByText('Nothing of it leaves this browser.').waitFor();
  await expectAccessible(page, 'where the list comes from');
});

test('ranks 500 lines from a file, with nothing to set', async () => {
  const began = Date.now();
  presses += 1;
  await page.getByLabel('Or an XLSX or CSV file').setInputFiles({ name: 'boat.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(bill(500))) });
  await page.getByText('500 parts from boat.csv.').waitFor();
  await page.getByRole('table').waitFor({ timeout: 30_000 });
  console.log(`# ${Date.now() - began} ms from the file to the ranked list`);
  await page.locator('details summary').first().click();
  const kinds = await page.locator('.columns select').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(kinds, ['', 'part_number', 'name', 'maker', 'maker_part', 'nsn', 'hs', 'quantity', 'price', 'lead_time', 'origin']);
  await page.locator('details summary').first().click();
  const first = page.getByRole('table').locator('tbody tr').first();
  assert.match(await first.innerText(), /alone[\s\S]*\d+%/);
  assert.match(await page.locator('.summary').innerText(), /To decide: not in the ranking\s+\d+ lines/);
  assert.match(await page.locator('.summary').innerText(), /Not of the map: not in the ranking\s+50 lines/);
  await expectAccessible(page, 'the ranked list');
  await takePicture(page, 'parts-breaks-desk');
});

test('opens how many lines rest on it, and by which inputs', async () => {
  const figure = page.getByRole('button', { name: /^Lines: \d+/ }).first();
  await figure.click();
  await page.locator('[popover]:popover-open').getByText(/ ← /).first().waitFor();
  await page.keyboard.press('Escape');
});

test('decides what several items could be, by keyboard alone, with a way back', async () => {
  await pressed(tab(/To decide/));
  const question = page.getByRole('group', { name: /Bearing 6204|Li-ion cell/ });
  await question.waitFor();
  await expectAccessible(page, 'a question');
  await takePicture(page, 'parts-decide-desk');
  const count = async () => Number(/(\d+)$/.exec(await tab(/Matched parts/).innerText())[1]);
  const before = await count();
  await page.locator('#parts-question').focus();
  for (let left = 6; left > 0 && (await page.locator('#parts-question').count()) > 0; left -= 1) {
    presses += 1;
    await page.keyboard.press('1');
  }
  await page.getByText('Nothing is to be decided').waitFor();
  assert.equal(await count(), 450, 'all but what is not of the map');
  await button('Undo').last().click();
  await page.locator('#parts-question').waitFor();
  assert.ok((await count()) < 450 && (await count()) > before);
  await page.getByRole('combobox', { name: 'Another item of the map' }).fill('roller bear');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is to be decided').waitFor();
});

test('shows part by part what stops it, and the origin of the list beside that of the map', async () => {
  await pressed(tab(/Matched parts/));
  const row = page.getByRole('table').locator('tbody tr').first();
  assert.match(await row.innerText(), /XQ-7\d+/);
  assert.match(await page.getByRole('table').innerText(), /JPN|DEU|CHN/);
  await expectAccessible(page, 'the parts');
  await takePicture(page, 'parts-matched-desk');
  await tab(/Not of the map/).click();
  await page.getByRole('group', { name: /Brimblewidget/ }).waitFor();
  await expectAccessible(page, 'what is not of the map');
});

test('gives out the ranked list and what is left as a workbook and as CSV', async () => {
  const [workbook] = await Promise.all([page.waitForEvent('download'), button('Excel').click()]);
  const bytes = readFileSync(await workbook.path());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  for (const sheet of ['1 What breaks', '2 Matched parts', '3 To decide', '4 Not of the map', '5 Decisions']) assert.ok(bytes.includes(`name="${sheet}"`), sheet);
  presses += 1;
  const [csv] = await Promise.all([page.waitForEvent('download'), button('CSV').click()]);
  const text = readFileSync(await csv.path(), 'utf8');
  assert.equal(text.split('\r\n').filter((line) => line.includes('Brimblewidget')).length, 50);
  assert.match(text, /XQ-7000/);
  // The workbook comes in again as it went out: read here, and not by the server.
  await button('Take another list').click();
  await page.getByLabel('Or an XLSX or CSV file').setInputFiles({ name: 'again.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  await page.getByText(/parts from again\.xlsx/).waitFor();
  // Its first sheet is the ranking, in which no column says what the parts are: the columns are asked for.
  await page.getByText('No column says what the parts are.').waitFor();
  await page.getByLabel('Sheet', { exact: true }).selectOption('2 Matched parts');
  await page.getByText('450 parts from again.xlsx').waitFor();
});

test('keeps the list in this tab when the page is loaded again, until it is discarded or somebody else reads', async () => {
  const kept = () => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, Object.keys(localStorage)]));
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByText(/Your draft of .* is here again/).waitFor();
  await page.getByText('450 parts from again.xlsx').waitFor();
  await page.getByText('It stays in this tab until you take another list').waitFor();
  await page.getByRole('table').waitFor();
  await expectAccessible(page, 'a list that is here again');
  await takePicture(page, 'parts-draft-desk');
  assert.match((await kept()).split('],[')[0], /XQ-7001/);
  // A look at another page asks nothing: the list is here when one is back.
  await page.getByRole('link', { name: 'Catalogue' }).click();
  await page.getByRole('heading', { level: 1, name: 'Catalogue and directory' }).waitFor();
  await page.goBack();
  await page.getByText('450 parts from again.xlsx').waitFor();
  const other = await browser.context.newPage();
  await visit(other, server, '/parts');
  await other.getByLabel('Cells from a spreadsheet').waitFor();
  await other.close();
  page.once('dialog', (dialog) => dialog.accept());
  await page.getByLabel('Read as').selectOption('VNM');
  await page.getByLabel('Cells from a spreadsheet').waitFor();
  assert.doesNotMatch(await kept(), /XQ-7|again\.xlsx/, 'nothing of it reaches another reader');
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByLabel('Cells from a spreadsheet').waitFor();
  await readAs(page, server, 'PHL');
  await visit(page, server, '/parts');
  await page.getByLabel('Cells from a spreadsheet').fill('Part no.\tDescription\nXQ-7999\tGizmo');
  await button('Rank these parts').click();
  await page.getByText(/1 part from/).waitFor();
  await page.waitForTimeout(400);
  await page.reload({ waitUntil: 'networkidle' });
  await button('Discard the draft').click();
  await page.getByLabel('Cells from a spreadsheet').waitFor();
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByLabel('Cells from a spreadsheet').waitFor();
  assert.doesNotMatch(await kept(), /XQ-7999/);
});

test('remembers by part number what was decided, for this reader alone', async () => {
  await page.getByLabel('Cells from a spreadsheet').fill('Part no.\tDescription\tQty\nXQ-7007\tBearing 6204\t2\nNEW-1\tGizmo\t1');
  await button('Rank these parts').click();
  await tab(/Matched parts/).click();
  assert.match(await page.getByRole('table').innerText(), /You said so/);
  await readAs(page, server, 'MYS');
  await visit(page, server, '/parts');
  await page.getByLabel('Cells from a spreadsheet').fill('Part no.\tDescription\tQty\nXQ-7007\tBearing 6204\t2\nNEW-1\tGizmo\t1');
  await button('Rank these parts').click();
  await tab(/To decide/).click();
  await page.getByRole('group', { name: 'Bearing 6204' }).waitFor();
  await readAs(page, server, 'PHL');
});

test('takes what the import was given, where that looks like a parts list', async () => {
  await visit(page, server, '/data/import');
  await page.getByLabel('Cells from a spreadsheet').fill(bill(12).map((row) => row.join('\t')).join('\n'));
  await button('Look at the cells').click();
  await button('Rank it as a parts list').click();
  await page.getByText(/12 parts from/).waitFor();
  await page.getByRole('table').waitFor();
});

test('sends nothing of the sheet, and asks the map the same whatever stands in it', () => {
  assert.deepEqual(asked.filter((one) => telltale.test(one.what)), []);
  const answers = asked.filter((one) => one.from === '/parts' && one.what.includes('/api/v1/')).map((one) => one.what);
  assert.ok(answers.some((one) => one.includes('/bottlenecks?of-each=yes')));
  assert.deepEqual(answers.filter((one) => /[?&]item=|^POST(?! \S+\/session )|^PUT/.test(one)), [], 'the reader was changed, and nothing else sent');
  console.log(`# ${presses} presses from the overview to the ranked list, all parts decided, and the file`);
  assert.ok(presses <= 15, `${presses} presses`);
  assert.deepEqual(browser.complaints, []);
});

test('writes small figures short, so that the last column is not cut', async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit(page, server, '/parts?sample=yes');
  await page.getByRole('table').waitFor();
  const more = page.getByRole('button', { name: /^Show \d+ more rows/ });
  while ((await more.count()) > 0) await more.first().click();
  const cells = await page.locator('main tbody td[data-label^="Expected"]').allInnerTexts();
  assert.ok(cells.includes('< 0.001'), cells.join());
  assert.deepEqual(cells.filter((cell) => /0\.000/.test(cell)), []);
  const cut = await page.locator('main .scroll').first().evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(cut <= 1, `${cut} px of the table are cut`);
});

test('holds on a phone, in the dark and on paper', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await visit(page, server, '/parts?sample=yes');
  await page.getByRole('table').waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'no wider than a phone');
  await expectAccessible(page, 'the ranked list on a phone');
  await takePicture(page, 'parts-breaks-phone-dark');
  await tab(/To decide/).click();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'no wider than a phone');
  await takePicture(page, 'parts-decide-phone-dark');
  await tab(/Matched parts/).click();
  await takePicture(page, 'parts-matched-phone-dark');
});
