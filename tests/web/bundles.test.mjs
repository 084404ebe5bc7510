// Two registries without a network between them: one makes a bundle, the other looks at it, takes it in, and refuses it when
// a byte is changed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { expectAccessible, makeFolder, openBrowser, run, startServer, takePicture, visit } from './harness.mjs';

let folder;
const desks = {};
before(async () => {
  folder = makeFolder();
  const path = folder.path;
  writeFileSync(path('products.csv'), 'id,name,kind,price,release,release.price\nradio-7,Field radio,item of production,1250,IDN,IDN:generalised\nradio-8,Radio of the navy,item of production,9000,,\n');
  writeFileSync(path('boats.csv'), 'id,name,kind\nboat,Patrol boat,item of supply\n');
  for (const [state, table] of [['MYS', 'products'], ['IDN', 'boats']]) {
    run(['registry', 'add', path(`${table}.csv`), '--type', 'product', '--owner', state, '--store', path(`${state}.db`)]);
    run(['registry', 'key', `${state.toLowerCase()}.example/sender`, '--out', path(`${state}.sender`)]);
    run(['registry', 'key', `${state.toLowerCase()}.example/recipient`, '--recipient', '--out', path(`${state}.recipient`)]);
  }
  const keyOf = (name) => readFileSync(path(`${name}.pub`), 'utf8').trim();
  writeFileSync(path('senders'), `sender MYS ${keyOf('MYS.sender')}\nsender IDN ${keyOf('IDN.sender')}\n`);
  for (const state of ['MYS', 'IDN']) {
    const server = await startServer(['--store', path(`${state}.db`), '--desk', state, '--sign-with', path(`${state}.sender`), '--open-with', path(`${state}.recipient`), '--from', path('senders')]);
    const browser = await openBrowser({ acceptDownloads: true });
    await browser.page.goto(server.address, { waitUntil: 'networkidle' });
    desks[state] = { server, browser, page: browser.page };
  }
});
after(async () => {
  for (const { server, browser } of Object.values(desks)) {
    await browser.close();
    await server.stop();
  }
  folder.remove();
});

test('says what will be in it, and makes it for one recipient', async () => {
  const { page, server } = desks.MYS;
  await visit(page, server, '/data/bundles');
  await page.getByLabel('For', { exact: true }).selectOption('IDN');
  await page.getByText('Indonesia sees 1 of your records now.').waitFor();
  await page.getByLabel('Public key of the recipient').fill(readFileSync(folder.path('IDN.recipient.pub'), 'utf8').trim());
  await expectAccessible(page, 'bundles');
  await takePicture(page, 'data-bundles-desk');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Make bundle 1 for Indonesia' }).click()]);
  assert.equal(file.suggestedFilename(), 'MYS-to-IDN-1.bundle');
  await file.saveAs(folder.path('bundle-1'));
  const bytes = readFileSync(folder.path('bundle-1'));
  assert.match(bytes.toString('latin1'), /^adic sealed 1\n/);
  assert.ok(!bytes.includes('Field radio'), 'nobody but the recipient opens it');
  await page.getByText('last sent: bundle 1').waitFor();
});

test('is refused if a byte of it is changed', async () => {
  const { page, server } = desks.IDN;
  await visit(page, server, '/data/bundles');
  const bytes = readFileSync(folder.path('bundle-1'));
  bytes[bytes.length - 40] ^= 1;
  await page.getByLabel('The file of the bundle').setInputFiles({ name: 'bundle', mimeType: 'application/octet-stream', buffer: bytes });
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Take in/ }).count(), 0);
});

test('is looked at before anything changes, then taken in', async () => {
  const { page } = desks.IDN;
  await page.getByLabel('The file of the bundle').setInputFiles(folder.path('bundle-1'));
  await page.getByText(/Bundle 1 of Malaysia, made/).waitFor();
  await page.getByText('1 record changes').waitFor();
  await page.getByText('Nothing has come in a bundle yet').waitFor();
  await expectAccessible(page, 'a bundle before it is taken in');
  await takePicture(page, 'data-bundle-look-desk');
  await page.getByRole('button', { name: 'Take in 1 change' }).click();
  const received = page.getByRole('region', { name: 'What came in bundles' }).first();
  await received.getByText('Field radio').waitFor();
  const text = await page.locator('main').innerText();
  assert.doesNotMatch(text, /Radio of the navy/);
  await page.getByText('last received: bundle 1').waitFor();
});

test('changes nothing when it comes again', async () => {
  const { page } = desks.IDN;
  await page.getByLabel('The file of the bundle').setInputFiles(folder.path('bundle-1'));
  await page.getByText('It was taken in before: nothing changes.').waitFor();
  assert.ok(await page.getByRole('button', { name: /^Take in/ }).isDisabled());
  for (const { browser } of Object.values(desks)) assert.deepEqual(browser.complaints, []);
});
