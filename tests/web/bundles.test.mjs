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
});

/** The sender's next bundle for Indonesia, as a file of this name. */
async function sendToIndonesia(name, { since } = {}) {
  const { page, server } = desks.MYS;
  await visit(page, server, '/data/bundles');
  await page.getByLabel('For', { exact: true }).selectOption('IDN');
  if (since) {
    await page.getByLabel('What it has').selectOption('since');
    await page.getByLabel('Number of the bundle that arrived last').fill(since);
  }
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Make bundle \d for Indonesia/ }).click()]);
  await file.saveAs(folder.path(name));
}

/** What Indonesia has of Malaysia: what it keeps itself, and what came in bundles. */
async function kept() {
  const { page, server } = desks.IDN;
  await visit(page, server, '/data/bundles');
  const region = page.getByRole('region', { name: 'What came in bundles' }).first();
  // What came is there, or it is said that nothing did: never said before it was asked.
  await region.locator('table').or(region.getByText('Nothing has come in a bundle yet')).waitFor();
  const came = await region.innerText();
  const ask = async (path) => (await page.request.get(server.url(path))).json();
  return { came, bundles: await ask('/api/v1/bundles/records'), own: await ask('/api/v1/records') };
}

test('shows a record that the recipient keeps itself as a conflict, and takes in nothing of such a bundle', async () => {
  const { page, server } = desks.IDN;
  writeFileSync(folder.path('kept.csv'), 'id,name,kind\nradio-9,Radio as Jakarta knows it,item of production\n');
  run(['registry', 'add', folder.path('kept.csv'), '--type', 'product', '--owner', 'MYS', '--store', folder.path('IDN.db')]);
  writeFileSync(folder.path('more.csv'), 'id,name,kind,release\nradio-9,Radio of the coast,item of production,IDN\nradio-10,Radio of the hills,item of production,IDN\n');
  run(['registry', 'add', folder.path('more.csv'), '--type', 'product', '--owner', 'MYS', '--store', folder.path('MYS.db')]);
  await sendToIndonesia('bundle-2');
  const before = await kept();

  await page.getByLabel('The file of the bundle').setInputFiles(folder.path('bundle-2'));
  await page.getByText('1 record in it is kept by this registry itself').waitFor();
  const rows = await page.getByRole('region', { name: 'Take in a bundle' }).getByRole('row').allInnerTexts();
  assert.ok(rows.some((row) => /MYS\.radio-9\s+conflict/.test(row)) && rows.some((row) => /MYS\.radio-10\s+new/.test(row)), rows.join());
  assert.ok(await page.getByRole('button', { name: /^Take in/ }).isDisabled());
  await expectAccessible(page, 'a bundle with a conflict');
  await takePicture(page, 'data-bundle-conflict-desk');
  assert.deepEqual(await kept(), before, 'looking changes nothing');

  // Who does not ask the page first is refused as well, as a whole.
  const session = await (await page.request.get(server.url('/api/v1/session'))).json();
  const forced = await page.request.post(server.url('/api/v1/bundles/received?confirm=yes'), {
    data: readFileSync(folder.path('bundle-2')),
    headers: { 'Content-Type': 'application/octet-stream', 'X-Adic-CSRF': session.csrf ?? '' },
  });
  assert.equal(forced.status(), 409, await forced.text());
  assert.match(await forced.text(), /this registry keeps 'MYS\.radio-9' of MYS itself/);
  assert.deepEqual(await kept(), before, 'not even the record that nobody disputes came in');
});

test('is left, and the rest of it comes once the sender has taken the disputed record out', async () => {
  const { page } = desks.IDN;
  const before = await kept();
  await page.getByLabel('The file of the bundle').setInputFiles(folder.path('bundle-2'));
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.getByRole('button', { name: /^Take in/ }).waitFor({ state: 'detached' });
  assert.deepEqual(await kept(), before);

  const { page: sender, server } = desks.MYS;
  await visit(sender, server, '/data/MYS.radio-9?tab=release');
  await sender.getByRole('button', { name: 'Take it back' }).click();
  await sender.getByRole('button', { name: 'Take it back from everybody' }).click();
  await sender.getByText('nobody but your state').first().waitFor();
  await sendToIndonesia('bundle-3', { since: '1' });
  await page.getByLabel('The file of the bundle').setInputFiles(folder.path('bundle-3'));
  await page.getByText('1 record changes').waitFor();
  await page.getByRole('button', { name: 'Take in 1 change' }).click();
  await page.getByRole('region', { name: 'What came in bundles' }).first().getByText('Radio of the hills').waitFor();
  const after = await kept();
  assert.doesNotMatch(after.came, /Radio of the coast|Radio of the navy/);
  assert.deepEqual(after.own, before.own, 'the own records are as they were');
  for (const { browser } of Object.values(desks)) assert.deepEqual(browser.complaints, []);
});
