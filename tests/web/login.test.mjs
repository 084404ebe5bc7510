// The ministry's own login service: an administrator says whose account it names, and takes that back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { codeOf, expectAccessible, makeFolder, openBrowser, run, startServer, takePicture, visit } from './harness.mjs';
import { startLoginService } from './login_service.mjs';

const password = 'violet harbour tin 88';
let folder;
let service;
let server;
let secret;
before(async () => {
  folder = makeFolder();
  service = await startLoginService();
  const [store, accounts] = [folder.path('registry.db'), folder.path('accounts.db')];
  const words = ['--accounts', accounts];
  run(['account', 'add', 'siti', '--state', 'MYS', '--roles', 'administrator', ...words]);
  run(['account', 'password', 'siti', '--own', ...words], `${password}\n`);
  secret = /secret=([A-Z2-7]+)/.exec(run(['account', 'totp', 'siti', ...words]))[1];
  run(['account', 'totp', 'siti', '--code', codeOf(secret), ...words]);
  run(['account', 'add', 'aminah', '--state', 'MYS', '--roles', 'reader', ...words]);
  const settings = { issuer: service.issuer, client_id: 'adic', redirect_uri: 'http://localhost/api/v1/oidc/callback', state: 'MYS' };
  writeFileSync(folder.path('oidc.json'), JSON.stringify(settings));
  writeFileSync(folder.path('products.csv'), 'id,name,kind\nradio,Marsh radio,item of production\n');
  run(['registry', 'add', folder.path('products.csv'), '--type', 'product', '--owner', 'MYS', '--store', store]);
  server = await startServer(['--store', store, ...words, '--oidc', folder.path('oidc.json')]);
  service.sendsBackTo = server.url('/api/v1/oidc/callback');
});
after(async () => {
  await server?.stop();
  await service?.stop();
  folder.remove();
});

/** Comes in as the person who sits at the login service. */
async function comeInBy(page, person) {
  service.person = person;
  await visit(page, server, '/');
  await page.getByRole('link', { name: /login service/i }).click();
}

test('a person comes in by the service once an administrator has linked them, and not after that is taken back', async () => {
  const [admin, other] = [await openBrowser(), await openBrowser()];
  const [siti, aminah] = [admin.page, other.page];
  const person = { sub: '7c21' };
  await comeInBy(aminah, person);
  await aminah.getByText('nobody was signed in').waitFor();

  await visit(siti, server, '/');
  await siti.getByLabel('Account', { exact: true }).fill('siti');
  await siti.getByLabel('Password', { exact: true }).fill(password);
  await siti.getByRole('button', { name: 'Sign in' }).click();
  await siti.getByLabel('Code of the second factor').fill(codeOf(secret, 1));
  await siti.getByRole('button', { name: 'Sign in' }).click();
  await siti.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  await siti.getByRole('button', { name: 'Change siti' }).click();
  const links = siti.getByRole('region', { name: 'Login service of the ministry' });
  await links.getByText('Another administrator links your own account.').waitFor();
  assert.equal(await links.getByLabel('Subject').count(), 0);
  await siti.getByRole('button', { name: 'Cancel' }).click();

  await siti.getByRole('button', { name: 'Change aminah' }).click();
  await links.getByText('It is linked to nobody there yet.').waitFor();
  await links.getByText(service.issuer).waitFor();
  const strange = '<img src=x onerror=alert(1)>\u202Ecba';
  for (const subject of [strange, ' 7c21 ']) {
    await links.getByLabel('Subject').fill(subject);
    await links.getByRole('button', { name: 'Link it' }).click();
    const name = subject.trim().replace('\u202E', ''); // a forced direction turns no sentence around it
    await links.getByRole('button', { name: `Take the link away: ${name}` }).waitFor();
  }
  assert.equal(await links.locator('img').count(), 0, 'a subject is text');
  await links.getByLabel('Subject').fill('7c21');
  await links.getByRole('button', { name: 'Link it' }).click();
  await links.getByRole('alert').getByText('the identity is linked already').waitFor();
  await expectAccessible(siti, 'links to the login service');
  await takePicture(siti, 'admin-links-desk');
  await siti.setViewportSize({ width: 390, height: 844 });
  assert.ok((await siti.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, 'as wide as a phone');
  await takePicture(siti, 'admin-links-phone');

  await comeInBy(aminah, person);
  await aminah.getByText('Reading as Malaysia').waitFor();
  await links.getByRole('button', { name: 'Take the link away: 7c21' }).click();
  await links.getByText('The sessions of aminah end at once').waitFor();
  await links.getByRole('button', { name: 'Take it away' }).click();
  await links.getByRole('button', { name: 'Take the link away: 7c21' }).waitFor({ state: 'detached' });
  await links.getByRole('button', { name: /onerror/ }).waitFor();
  await visit(aminah, server, '/');
  await aminah.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
  await comeInBy(aminah, person);
  await aminah.getByText('nobody was signed in').waitFor();
  for (const browser of [admin, other]) {
    assert.deepEqual(browser.complaints, []);
    await browser.close();
  }
});
