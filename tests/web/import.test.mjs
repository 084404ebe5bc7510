// The analyst brings a sheet: columns guessed, two wrong cells mended, one more that the server finds, the differences, then all
// of it or nothing; it stands in the catalogue, others see nothing of it, and the way back stays open.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

const sheet = [
  'Description\tKind\tPart no\tNSN\tPrice (USD)\tLead time (days)\tRemarks\tShelf',
  'Marsh radio 5 W\titem of supply\tMR-5\t\t1,250.50\t90\tseen at the fair\tA1',
  'Deck mount 30\titem of production\tDM-30\t\t12,5k\t200\t\tA2',
  'Search light 2\titem of suply\tSL-2\t1005-01-234-567\t430\t30\t\tB7',
].join('\n');

let server;
let browser;
let page;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  page = browser.page;
  await readAs(page, server, 'PHL');
});
after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const heading = (name) => page.getByRole('heading', { name });
const countOf = async (reader, words) => {
  const other = await openBrowser();
  await readAs(other.page, server, reader);
  const answer = await (await other.page.context().request.get(server.url(`/api/v1/records?q=${words}`))).json();
  await other.close();
  return answer.total;
};

test('is found by those who may edit, and teaches what it is for', async () => {
  await visit(page, server, '/');
  await page.getByRole('link', { name: 'My data' }).click();
  await heading('Your records').waitFor();
  await page.getByRole('link', { name: 'Import a sheet' }).first().click();
  await heading('Where are the cells?').waitFor();
  await expectAccessible(page, 'where the cells are');
  await takePicture(page, 'data-import-source-desk');
});

test('guesses the columns, and says of each wrong cell what would be right', async () => {
  await page.getByLabel('Cells from a spreadsheet').fill(sheet);
  await button('Look at the cells').click();
  await heading('What is in the columns?').waitFor();
  assert.equal(await page.getByLabel('Each row is').inputValue(), 'product');
  const chosen = await page.locator('thead select').evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual(chosen, ['name', 'kind', 'part_number', 'nsn', 'price', 'lead_time', 'note', '']);
  await page.getByText('2 cells are not right').waitFor();
  assert.match(await page.locator('.note.bad').innerText(), /Row 3, Price \(USD\):\s+Write a number, as in 1250\.5/);
  assert.match(await page.locator('.note.bad').innerText(), /Row 4, Kind:\s+Write one of: item of supply, item of production/);
  await page.getByText('saved as 1250.50').waitFor();
  assert.ok(await button('See what will change').isDisabled());
  await expectAccessible(page, 'wrong cells');
  await takePicture(page, 'data-import-cells-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'no wider than a phone');
  await takePicture(page, 'data-import-cells-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('has its wrong cells mended by keyboard alone', async () => {
  await button('Row 3, Price (USD):').focus();
  await page.keyboard.press('Enter');
  await page.locator('input[aria-label="Row 3, Price (USD)"]:focus').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('12500');
  await page.getByText('1 cell is not right').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), '12500', 'the input stays where it is');
  await page.getByLabel('Row 4, Kind', { exact: true }).fill('item of supply');
  await page.getByText('All cells can be read.').waitFor();
});

test('shows at its cell what only the server can find', async () => {
  await page.getByLabel('Only rows with something wrong').check();
  await button('See what will change').click();
  await page.getByText('1 cell is not right').waitFor();
  const cell = page.getByLabel('Row 4, NSN');
  await cell.waitFor();
  assert.equal(await cell.getAttribute('aria-invalid'), 'true');
  assert.equal(await countOf('PHL', 'marsh'), 0, 'nothing is written while anything is wrong');
  await cell.fill('');
  await page.getByLabel('Only rows with something wrong').uncheck();
});

test('says what will change before anything does, and then writes it once', async () => {
  await button('See what will change').click();
  await heading('What will change?').waitFor();
  await page.getByText('3 records are new').waitFor();
  assert.equal(await countOf('PHL', 'marsh'), 0);
  await expectAccessible(page, 'the differences');
  await takePicture(page, 'data-import-differences-desk');
  const keys = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/records?')) keys.push(request.headers()['idempotency-key'] ?? '');
  });
  await button('Save 3 records').click();
  await heading('Saved').waitFor();
  assert.equal(keys.filter(Boolean).length, 1, 'one request writes, under a key of its own');
  assert.match(keys.find(Boolean), /^[0-9a-f]{32}$/);
  await expectAccessible(page, 'what was saved');
});

test('stands in the catalogue of its own state, and is shared with nobody', async () => {
  await page.getByRole('link', { name: 'Look at them in the catalogue' }).click();
  await page.getByRole('link', { name: 'Marsh radio 5 W' }).waitFor();
  assert.equal(await countOf('PHL', 'marsh'), 1);
  assert.equal(await countOf('VNM', 'marsh'), 0);
  assert.equal(await countOf('everyone', 'marsh'), 0);
});

test('comes again with a changed price: old and new stand beside each other, releases stay, and it can be undone', async () => {
  const ask = page.context().request;
  const before = await (await ask.get(server.url('/api/v1/records/PHL.patrol-1'))).json();
  const release = await (await ask.get(server.url('/api/v1/records/PHL.patrol-1/release'))).json();
  await visit(page, server, '/data/import');
  // A CSV as spreadsheets of the region save it: semicolons, decimal commas.
  const file = join(tmpdir(), `adic-import-${process.pid}.csv`);
  writeFileSync(file, 'id;name;kind;maker;price;lead_time\nPHL.patrol-1;patrol craft 28 m;item of production;PHL.shipyard;1.900.000,50;120\n');
  await page.getByLabel(/Or an XLSX or CSV file/).setInputFiles(file);
  await page.getByText('saved as 1900000.50').waitFor();
  await button('See what will change').click();
  await page.getByText('1 changes').waitFor();
  assert.match(await page.locator('main dl').innerText(), /Price[\s\S]*1800042[\s\S]*1900000\.5/);
  await page.getByLabel('Why').fill('new offer of the yard');
  await button('Save 1 record').click();
  await heading('Saved').waitFor();
  const changed = await (await ask.get(server.url('/api/v1/records/PHL.patrol-1'))).json();
  assert.equal(changed.fields.price, 1900000.5);
  assert.deepEqual(await (await ask.get(server.url('/api/v1/records/PHL.patrol-1/release'))).json(), release, 'who sees it stays');
  await button('Undo the import').click();
  await page.getByText('The import is undone').first().waitFor();
  assert.deepEqual(await (await ask.get(server.url('/api/v1/records/PHL.patrol-1'))).json(), before);
  const { versions } = await (await ask.get(server.url('/api/v1/records/PHL.patrol-1/history'))).json();
  assert.equal(versions.at(-2).why, 'new offer of the yard');
});

test('says once what is the same in all rows, releases all new records in one step, and takes all of it back', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => `${at + 1}\tQuay lamp ${at}\tQL-${at}\tMaker Works Ltd\tMW-${at}\t${12 + at}.50\t12 weeks`);
  await visit(page, server, '/data/import');
  await page.getByLabel('Cells from a spreadsheet').fill(['Line\tDescription\tPart no.\tManufacturer\tManufacturer part no.\tUnit price USD\tLead time', ...rows].join('\n'));
  await button('Look at the cells').click();
  await page.getByLabel('Each row is').selectOption('product');
  assert.deepEqual(await page.locator('thead select').evaluateAll((all) => all.map((one) => one.value)), ['', 'name', 'part_number', '', '', 'price', 'lead_time']);
  await page.getByText('saved as 84').first().waitFor();
  await page.getByText('No column holds what each row needs: Kind.').waitFor();
  await page.getByLabel('All rows: Kind').selectOption('item of supply');
  await page.getByText('All cells can be read.').waitFor();
  await expectAccessible(page, 'what is the same in all rows');
  await button('See what will change').click();
  await button('Save 30 records').click();
  await heading('Saved').waitFor();
  await button('Release these 30 records').click();
  await page.getByText('Each of the 30 is released only if nobody else would see it.').waitFor();
  await button('Add an audience').click();
  await page.getByLabel('Who', { exact: true }).selectOption('MYS');
  await button(/^Show more to/).click();
  await page.getByText('30 of 30 records are released.').waitFor({ timeout: 30_000 });
  assert.equal(await countOf('MYS', 'quay+lamp'), 30);
  assert.equal(await countOf('VNM', 'quay+lamp'), 0);
  await expectAccessible(page, 'records that are released');
  await page.locator('main').getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByText('30 of 30 records are for your state alone again.').waitFor({ timeout: 30_000 });
  assert.equal(await countOf('MYS', 'quay+lamp'), 0);
  await button('Undo the import').click();
  await page.getByText('The import is undone').first().waitFor({ timeout: 30_000 });
  assert.equal(await countOf('PHL', 'quay+lamp'), 0);
});

test('asks once how a column is read whose numbers can be two, and keeps the answer', async () => {
  await visit(page, server, '/data/import');
  const rows = Array.from({ length: 60 }, (_, at) => `Pier lamp ${at + 1}\titem of supply\t1,${String(at * 137 % 1000).padStart(3, '0')}`);
  await page.getByLabel('Cells from a spreadsheet').fill(['Name\tKind\tUnit price (USD)', ...rows].join('\n'));
  await button('Look at the cells').click();
  const question = page.getByRole('group', { name: 'How are the numbers of “Unit price (USD)” to be read?' });
  await question.getByText('60 cells such as 1,000 can be two numbers.').waitFor();
  assert.deepEqual(await question.getByRole('radio').evaluateAll((all) => all.map((one) => [one.parentElement.innerText.trim(), one.checked])), [['As 1000: “,” separates thousands', false], ['As 1.000: “,” separates decimals', false]]);
  assert.ok(await button('See what will change').isDisabled(), 'neither is taken by itself');
  await expectAccessible(page, 'a question about a column');
  await takePicture(page, 'data-import-question-desk');
  await question.getByRole('radio').first().check();
  await page.getByText('All cells can be read.').waitFor();
  await page.getByText('saved as 1137').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'no wider than a phone');
  await takePicture(page, 'data-import-question-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await visit(page, server, '/data/import');
  await page.getByText('All cells can be read.').waitFor();
  assert.ok(await question.getByRole('radio').first().isChecked(), 'the answer is kept with the draft');
  await button('Take other cells').click();
});

test('reads a sheet of the region, and never takes its price for a unit', async () => {
  const look = async (text) => {
    await visit(page, server, '/data/import');
    await page.getByLabel('Cells from a spreadsheet').fill(text);
    await button('Look at the cells').click();
    await heading('What is in the columns?').waitFor();
    const columns = await page.locator('thead select').evaluateAll((all) => all.map((one) => one.value));
    return [await page.getByLabel('Each row is').inputValue(), ...columns];
  };
  assert.deepEqual(await look('Nama barang\tHarga satuan\tWaktu kirim\tPabrik\nRadio lapangan\tRp 12.500,50\t12 minggu\tPindad'), ['product', 'name', 'price', 'lead_time', 'maker']);
  await page.getByText('This amount is in another currency.').first().waitFor();
  await takePicture(page, 'data-import-region-desk');
  await button('Take other cells').click();
  assert.deepEqual(await look('ชื่อสินค้า\tราคาต่อหน่วย\tระยะเวลาส่งมอบ\tหมายเหตุ\nวิทยุสนาม\t๑,๒๕๐.๕๐\t๑๒ สัปดาห์\tใหม่'), ['product', 'name', 'price', 'lead_time', 'note']);
  await page.getByText('saved as 1250.50').waitFor();
  await page.getByText('saved as 84').waitFor();
  await button('Take other cells').click();
});

test('of a new need says at the field what cannot be, and the server takes none of it', async () => {
  await visit(page, server, '/data/new?type=demand');
  const fill = (label, text) => page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel(/^Item/).first().fill('pier lamp');
  await fill('Quantity', '-6');
  await fill('From', '2029-01-01');
  await fill('Until', '2027-01-01');
  await fill('HS code', '12');
  await button(/^Save/).click();
  await page.getByText('Write a number of at least 0.').waitFor();
  await page.getByText('This is before “From”, 2029-01-01. Write a day on or after it.').waitFor();
  await page.getByText('Write at least 4 characters of the code.').waitFor();
  await takePicture(page, 'data-new-impossible-desk');
  await page.setViewportSize({ width: 390, height: 844 });
  await takePicture(page, 'data-new-impossible-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  const session = await (await page.request.get(server.url('/api/v1/session'))).json();
  const answer = await page.request.post(server.url('/api/v1/records?type=demand'), {
    data: { records: [{ item: 'pier lamp', quantity: -6, first: '2029-01-01', last: '2027-01-01', hs: '12' }] },
    headers: { 'X-Adic-CSRF': session.csrf ?? '' },
  });
  assert.equal(answer.status(), 422, await answer.text());
  assert.deepEqual((await answer.json()).error.problems.map((one) => `${one.column}=${one.value}`).sort(), ['hs=12', 'last=2027-01-01', 'quantity=-6']);
});

test('takes a workbook, sheet by sheet, as the server gave it', async () => {
  const workbook = await (await page.context().request.get(server.url('/api/v1/records.xlsx'))).body();
  await visit(page, server, '/data/import');
  await page.getByLabel(/Or an XLSX or CSV file/).setInputFiles({ name: 'records.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: workbook });
  await page.getByLabel('Sheet', { exact: true }).selectOption('demand');
  assert.equal(await page.getByLabel('Each row is').inputValue(), 'demand');
  assert.ok((await page.locator('tbody tr').count()) > 3);
  await page.getByLabel(/Or an XLSX/).waitFor({ state: 'detached' });
  await button('Take other cells').click();
  await page.getByLabel(/Or an XLSX or CSV file/).setInputFiles({ name: 'broken.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK broken') });
  await page.getByRole('alert').waitFor();
  await expectAccessible(page, 'a file that cannot be read');
  assert.deepEqual(browser.complaints, []);
});
