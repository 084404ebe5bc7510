// Who reads, and what is theirs: records looked at as another reader, input that outlives a session, a second tab of the same
// browser, and a server that does not answer.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { codeOf, expectAccessible, makeFolder, openBrowser, readAs, run, startServer, takePicture, visit } from './harness.mjs';

describe('own records as another reader sees them', () => {
  let server;
  let browser;
  let page;
  before(async () => {
    server = await startServer();
    browser = await openBrowser();
    page = browser.page;
    await readAs(page, server, 'PHL');
  });
  after(async () => {
    assert.deepEqual(browser.complaints, []);
    await browser.close();
    await server.stop();
  });
  const count = async () => Number(/(\d+) records?/.exec(await page.locator('main [role="status"]', { hasText: /record/ }).innerText())[1]);

  test('the list is of what that reader sees', async () => {
    await visit(page, server, '/data');
    const own = await count();
    await page.getByLabel('View my records as').selectOption('everyone');
    await page.getByText('You see your own records as Everyone sees them.').waitFor();
    await page.getByText('What Everyone sees of your records').waitFor();
    const seen = await (await page.context().request.get(server.url('/api/v1/records?owner=PHL&view_as=everyone'))).json();
    assert.ok(seen.total < own, `${seen.total} of ${own}`);
    assert.equal(await count(), seen.total);
    await takePicture(page, 'data-view-as-desk');
  });

  test('a record can be looked at, and not changed', async () => {
    await page.locator('main tbody a').first().click();
    await page.getByRole('heading', { name: 'As Everyone sees it' }).waitFor();
    assert.equal(await page.locator('main').getByRole('textbox').count(), 0);
    assert.equal(await page.getByRole('tab').count(), 0);
    await expectAccessible(page, 'a record as another sees it');
    await takePicture(page, 'data-record-view-as-desk');
  });

  test('stays when the page is loaded again', async () => {
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByText('You see your own records as Everyone sees them.').waitFor();
    assert.equal(await page.getByLabel('View my records as').inputValue(), 'everyone');
  });

  test('a page that is not of that reader says so', async () => {
    for (const path of ['/', '/data/import', '/buying', '/buying/totals', '/audit', '/shock']) {
      await visit(page, server, path);
      await page.getByText('This page is as you see it, not as Everyone sees it').waitFor();
    }
    await takePicture(page, 'view-as-not-desk');
    await visit(page, server, '/catalogue');
    await page.getByText('You see your own records as Everyone sees them.').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('as Everyone sees').waitFor({ state: 'detached' });
  });
});

describe('several people and one browser', () => {
  const passwords = { aminah: 'amber lantern road 12', farid: 'copper meadow boat 31', minh: 'golden orchard pier 25', niran: 'silver market rain 08' };
  let folder;
  let server;
  let browser;
  let page;
  let secret;
  before(async () => {
    folder = makeFolder();
    const [store, accounts] = [folder.path('registry.db'), folder.path('accounts.db')];
    const rows = Array.from({ length: 230 }, (_, at) => `p-${at + 1},Product ${at + 1},item of production,${500 + at},ASEAN`);
    writeFileSync(folder.path('products.csv'), `id,name,kind,price,release\n${rows.join('\n')}\n`);
    run(['registry', 'add', folder.path('products.csv'), '--type', 'product', '--owner', 'MYS', '--store', store]);
    run(['audit', 'start', 'example.org/log', '--out', `${store}.audit`]);
    run(['account', 'add', 'siti', '--state', 'MYS', '--roles', 'administrator', '--accounts', accounts]);
    for (const [name, state, roles] of [['aminah', 'MYS', 'reader,editor'], ['minh', 'VNM', 'reader,editor'], ['niran', 'THA', 'reader'], ['farid', 'MYS', 'reader,auditor']]) {
      run(['account', 'add', name, '--state', state, '--roles', roles, '--accounts', accounts]);
      run(['account', 'password', name, '--own', '--accounts', accounts], `${passwords[name]}\n`);
    }
    secret = /secret=([A-Z2-7]+)/.exec(run(['account', 'totp', 'farid', '--accounts', accounts]))[1];
    run(['account', 'totp', 'farid', '--code', codeOf(secret), '--accounts', accounts]);
    server = await startServer(['--store', store, '--accounts', accounts]);
    browser = await openBrowser();
    page = browser.page;
    await visit(page, server, '/data/MYS.p-7');
    await signIn(page, 'aminah');
    await page.getByLabel('Price', { exact: true }).waitFor();
  });
  after(async () => {
    await browser.close();
    await server.stop();
    folder.remove();
  });

  async function signIn(where, name) {
    await where.getByLabel('Account', { exact: true }).fill(name);
    await where.getByLabel('Password', { exact: true }).fill(passwords[name]);
    await where.getByRole('button', { name: 'Sign in' }).click();
  }
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

  test('what was typed when the session ended is there after signing in', async () => {
    await page.getByLabel('Price', { exact: true }).fill('777');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
    await signIn(page, 'aminah');
    await page.getByText(/Your draft of .* is here again/).waitFor();
    assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '777');
    await expectAccessible(page, 'a draft');
    await takePicture(page, 'draft-desk');
  });

  test('and after the page is loaded again, until it is thrown away', async () => {
    const asked = page.waitForEvent('dialog');
    const reloaded = page.reload({ waitUntil: 'networkidle' });
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.accept();
    await reloaded;
    assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '777');
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '506');
    await page.getByText('Your draft of').waitFor({ state: 'detached' });
    assert.doesNotMatch(await kept(), /777/);
  });

  test('going to another page asks first, and the draft waits', async () => {
    await page.getByLabel('Price', { exact: true }).fill('778');
    page.once('dialog', (dialog) => dialog.dismiss());
    await page.getByRole('link', { name: 'Overview' }).click();
    assert.equal(await page.getByLabel('Price', { exact: true }).inputValue(), '778');
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.locator('nav a[aria-current]', { hasText: 'Overview' }).waitFor({ state: 'attached' });
    await page.getByLabel('Price', { exact: true }).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByText(/Your draft of .* is here again/).waitFor();
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('1 field is changed.').waitFor();
    // It goes once the record has come back as it was saved.
    for (let turns = 0; turns < 50 && /draft/.test(await kept()); turns += 1) await page.waitForTimeout(100);
    assert.doesNotMatch(await kept(), /draft/, 'what is saved is no draft');
  });

  test('cells of an import and a profile outlive a reload', async () => {
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await visit(page, server, '/data/import');
    await page.getByLabel('Cells from a spreadsheet').fill('id\tname\tkind\nn-1\tNew pump\titem of production\nn-2\tNew valve\titem of production');
    await page.getByRole('button', { name: 'Look at the cells' }).click();
    await page.getByText('New pump').or(page.locator('input[value="New pump"]')).first().waitFor();
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByText(/Your draft of/).waitFor();
    await page.getByText(/2 rows|2 lines/).first().waitFor();
    await page.getByRole('button', { name: 'See what will change' }).click();
    await page.getByRole('button', { name: 'Save 2 records' }).click();
    const written = page.locator('main .panel ul a');
    await written.first().waitFor();
    assert.deepEqual(await written.allInnerTexts(), ['New pump', 'New valve'], 'what was written is named');
    await visit(page, server, '/profile');
    await page.getByLabel('Name of the firm').fill('Kilang Baharu');
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByText(/Your draft of/).waitFor();
    assert.equal(await page.getByLabel('Name of the firm').inputValue(), 'Kilang Baharu');
    page.removeAllListeners('dialog');
  });

  test('a long list has pages', async () => {
    await visit(page, server, '/data?type=product');
    await page.getByText('232 records').waitFor();
    await page.getByText('Shown are 1 to 100').waitFor();
    await page.getByRole('link', { name: 'Next page' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Shown are 101 to 200').waitFor();
    await page.getByRole('link', { name: 'Last page' }).or(page.getByRole('link', { name: 'Next page' })).first().click();
    await page.getByText('Shown are 201 to 232').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0);
    await expectAccessible(page, 'the last page of a list');
    await takePicture(page, 'data-last-page-desk');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()]);
    assert.equal((await readAll(file)).trim().split('\r\n').length, 233, 'all of them are in the file');
  });

  async function readAll(file) {
    let text = '';
    for await (const part of await file.createReadStream()) text += part;
    return text;
  }

  test('the audit log is looked through by reader, and beyond its last entries', async () => {
    const other = await openBrowser();
    await visit(other.page, server, '/catalogue/MYS.p-3');
    await signIn(other.page, 'minh');
    await other.page.getByRole('heading', { name: 'Product 3' }).waitFor();
    await other.close();
    const said = { name: 'niran', password: passwords.niran };
    const session = await fetch(server.url('/api/v1/session'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(said) });
    const cookie = session.headers.get('set-cookie').split(';')[0];
    assert.equal((await fetch(server.url('/api/v1/records/MYS.p-5'), { headers: { cookie } })).status, 200);
    const auditor = await openBrowser();
    await visit(auditor.page, server, '/audit?kind=any');
    await signIn(auditor.page, 'farid');
    await auditor.page.getByLabel('Code of the second factor').fill(codeOf(secret, 1));
    await auditor.page.getByRole('button', { name: 'Sign in' }).click();
    const rows = auditor.page.locator('main tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.filter({ hasText: 'Thailand' }).count(), 1, 'another reads, too');
    // What the own state reads would fill the list: it is there for who asks for it.
    const to = auditor.page.getByLabel('To whom');
    assert.equal(await to.inputValue(), '', 'all but the own state');
    assert.equal(await rows.filter({ hasText: 'Malaysia' }).count(), 0);
    const niran = rows.filter({ hasText: 'Thailand' });
    await niran.getByRole('link', { name: 'Product 5' }).waitFor();
    assert.match(await niran.innerText(), /MYS\.p-5/);
    assert.match(await niran.innerText(), /that there is such a record, Confidence, Kind, Name, Price/);
    await takePicture(auditor.page, 'audit-desk');
    await auditor.page.setViewportSize({ width: 390, height: 844 });
    assert.ok((await auditor.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'as wide as a phone');
    await takePicture(auditor.page, 'audit-phone');
    await auditor.page.setViewportSize({ width: 1280, height: 900 });
    await to.selectOption('any');
    await auditor.page.waitForURL(/to=any/);
    await rows.filter({ hasText: 'Malaysia' }).first().waitFor();
    await to.selectOption('MYS');
    await rows.filter({ hasText: 'Thailand' }).first().waitFor({ state: 'detached' });
    await rows.filter({ hasText: 'Malaysia' }).first().waitFor();
    await auditor.page.getByLabel('To whom').selectOption('VNM');
    await auditor.page.waitForURL(/to=VNM/);
    await rows.filter({ hasNotText: 'Viet Nam' }).first().waitFor({ state: 'detached' });
    await rows.first().waitFor();
    const seen = await rows.allInnerTexts();
    assert.ok(seen.length > 0);
    for (const row of seen) assert.match(row, /Viet Nam/);
    await expectAccessible(auditor.page, 'the audit log of one reader');
    await takePicture(auditor.page, 'audit-to-desk');
    const [file] = await Promise.all([auditor.page.waitForEvent('download'), auditor.page.getByRole('button', { name: 'CSV', exact: true }).click()]);
    const [, ...saved] = (await readAll(file)).trim().split('\r\n');
    assert.ok(saved.length > seen.length, `${saved.length}: all of them are in the file, ${seen.length} on the page`);
    for (const line of saved) assert.match(line, /VNM|Viet Nam/);
    assert.ok(saved.some((line) => /MYS\.p-3,.*confidence, kind, name/.test(line)), 'identifiers and keys, as the evidence has them');
    const ask = async (words) => (await (await auditor.page.context().request.get(server.url(`/api/v1/audit/entries?${words}`))).json()).entries.map((entry) => entry.number);
    const last = await ask('limit=2');
    const earlier = await ask(`limit=2&before=${last[0]}`);
    assert.equal(earlier.length, 2);
    assert.ok(Math.max(...earlier) === last[0] - 1, `${earlier} before ${last}`);
    await auditor.close();
  });

  test('another tab that signs out takes everything from this one', async () => {
    await visit(page, server, '/data/MYS.p-1');
    await page.getByLabel('Price', { exact: true }).fill('999');
    const second = await browser.context.newPage();
    await visit(second, server, '/');
    await second.getByRole('button', { name: 'Sign out' }).click();
    await second.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
    await page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
    assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /Product 1\b/);
    await signIn(second, 'minh');
    await second.getByText('Reading as Viet Nam').waitFor();
    await page.getByText('Reading as Viet Nam').waitFor();
    assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /999|Reading as Malaysia/);
    assert.doesNotMatch(await kept(), /999/, 'a draft is never another reader\'s');
    await second.close();
  });

  test('who signs in anew elsewhere goes on here as if nothing had been', async () => {
    const ask = page.context().request;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, 'aminah');
    await page.getByText('Reading as Malaysia').waitFor();
    await visit(page, server, '/data/MYS.p-1');
    await page.getByLabel('Price', { exact: true }).fill('1001');
    const { csrf } = await (await ask.get(server.url('/api/v1/session'))).json();
    const anew = await ask.post(server.url('/api/v1/session'), { data: { name: 'aminah', password: passwords.aminah }, headers: { 'X-Adic-CSRF': csrf } });
    assert.equal(anew.status(), 200, await anew.text());
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('1 field is changed.').waitFor();
  });
});

describe('a server that does not answer', () => {
  test('is named on the page, with a way to try again', async () => {
    let server = await startServer();
    const browser = await openBrowser();
    const { page } = browser;
    await readAs(page, server, 'MYS');
    await visit(page, server, '/');
    await page.route('**/*', (route) => route.abort());
    await page.getByRole('link', { name: 'My profile' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page.getByRole('link', { name: 'Catalogue' }).click();
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await takePicture(page, 'unreachable-desk');
    await page.unroute('**/*');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.locator('#catalogue-q').waitFor();
    // A part that is there, and whose answers are not.
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('alert').first().waitFor();
    assert.equal(await page.locator('main .progress').count(), 0, 'nothing is said to be still on its way');
    await browser.close();
    await server.stop();
  });
});
