// Several people and one server: signing in with a password and a second factor, an administrator's work, a token for a program,
// and the second pair of eyes before an audience grows.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { codeOf, expectAccessible, makeFolder, openBrowser, run, startServer, takePicture, visit } from './harness.mjs';

const passwords = { siti: 'violet harbour tin 88', aminah: 'amber lantern road 12', farid: 'copper meadow boat 31', ratna: 'silver canyon tram 64', minh: 'golden orchard pier 25' };
const secrets = {};
let folder;
let server;
before(async () => {
  folder = makeFolder();
  const [store, accounts] = [folder.path('registry.db'), folder.path('accounts.db')];
  writeFileSync(folder.path('products.csv'), 'id,name,kind,price,release,release.price\nradio,Marsh radio,item of production,1250,ASEAN,nobody\n');
  run(['registry', 'add', folder.path('products.csv'), '--type', 'product', '--owner', 'MYS', '--store', store]);
  run(['audit', 'start', 'example.org/log', '--out', `${store}.audit`]);
  const add = (name, state, roles, ...more) => {
    run(['account', 'add', name, '--state', state, '--roles', roles, ...more, '--accounts', accounts]);
    run(['account', 'password', name, ...(name === 'aminah' ? [] : ['--own']), '--accounts', accounts], `${passwords[name]}\n`);
  };
  add('siti', 'MYS', 'administrator');
  add('aminah', 'MYS', 'reader,editor', '--display-name', 'Aminah binti Ali');
  add('farid', 'MYS', 'reader,releaser');
  add('ratna', 'MYS', 'reader,releaser');
  add('minh', 'VNM', 'reader');
  for (const name of ['farid', 'ratna']) {
    secrets[name] = /secret=([A-Z2-7]+)/.exec(run(['account', 'totp', name, '--accounts', accounts]))[1];
    run(['account', 'totp', name, '--code', codeOf(secrets[name]), '--accounts', accounts]);
  }
  server = await startServer(['--store', store, '--accounts', accounts, '--backups', folder.path('copies')]);
});
after(async () => {
  await server.stop();
  folder.remove();
});

async function open(options) {
  const browser = await openBrowser(options);
  await visit(browser.page, server, '/');
  return browser;
}

/** Signs in as people do. */
async function signIn(page, name, { password = passwords[name], code } = {}) {
  await page.getByLabel('Account', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (code) {
    await page.getByLabel('Code of the second factor').fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}

test('asks for a password, says no more than that it was wrong, and has one of one\'s own chosen first', async () => {
  const browser = await open();
  const { page } = browser;
  await page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
  await expectAccessible(page, 'sign in');
  await page.getByLabel('Language').selectOption('id');
  await page.getByRole('heading', { name: 'Masuk ke adic' }).waitFor();
  await page.getByLabel('Bahasa').selectOption('en');
  await page.getByLabel('Appearance').selectOption('dark');
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.getByLabel('Appearance').selectOption('system');
  await takePicture(page, 'sign-in-desk');
  await signIn(page, 'aminah', { password: 'not the right one' });
  const wrong = await page.getByRole('alert').innerText();
  await signIn(page, 'nobody-here', { password: 'not the right one' });
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByRole('alert').innerText(), wrong, 'a name that is none is answered like one that is');
  await signIn(page, 'aminah');
  await page.getByText('Somebody else chose this password').waitFor();
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  passwords.aminah = 'paper window kite 57';
  await page.getByLabel('New password').fill(passwords.aminah);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Reading as Malaysia').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0);

  await visit(page, server, '/data/MYS.radio');
  await page.getByRole('heading', { name: 'Marsh radio' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
  assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /Marsh radio/);
  await page.goBack();
  await page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
  assert.doesNotMatch(await page.evaluate(() => document.documentElement.outerHTML), /Marsh radio/);
  await browser.close();
});

test('an administrator sets up a second factor, and comes in with it', async () => {
  const browser = await open();
  const { page } = browser;
  await signIn(page, 'siti');
  await page.getByRole('link', { name: /My account/ }).first().click();
  await page.getByText(/manage accounts/).waitFor();
  await visit(page, server, '/admin');
  await page.getByText('This page is not for your account').waitFor();
  await visit(page, server, '/account');
  const panel = page.getByRole('region', { name: 'Second factor' });
  await panel.getByLabel('Password').fill(passwords.siti);
  await panel.getByRole('button', { name: 'Set up a second factor' }).click();
  const key = (await panel.locator('code').innerText()).replace(/\s/g, '');
  await panel.getByRole('img', { name: 'Point the camera of the app at this picture.' }).waitFor();
  await expectAccessible(page, 'the key of the app');
  await takePicture(page, 'account-key-desk');
  await panel.getByLabel('Code of the app').fill('000000');
  await panel.getByRole('button', { name: 'Confirm it' }).click();
  await panel.getByRole('alert').waitFor();
  await panel.getByLabel('Code of the app').fill(codeOf(key));
  await panel.getByRole('button', { name: 'Confirm it' }).click();
  await panel.getByText('The second factor counts from now on.').waitFor();
  const codes = await panel.locator('.codes li').allInnerTexts();
  assert.equal(codes.length, 10);
  await takePicture(page, 'account-factor-desk');
  await panel.getByRole('button', { name: 'Sign in anew with it' }).click();
  await signIn(page, 'siti', { code: '123456' });
  await page.getByRole('alert').getByText('That code was not right. Wait for the next code').waitFor();
  await expectAccessible(page, 'a wrong code');
  await takePicture(page, 'sign-in-code-desk');
  await page.getByLabel('Code of the second factor').fill(codes[0]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  secrets.siti = key;
  siti = browser;
});

let siti;

test('adds an account, gives it a password once, changes its roles and locks it', async () => {
  const { page } = siti;
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('Account', { exact: true }).fill('Kamal');
  await page.getByText('Use small letters').waitFor();
  await page.getByLabel('Account', { exact: true }).fill('kamal');
  await page.getByLabel('Name of the person').fill('Kamal bin Omar');
  await page.getByRole('checkbox', { name: /Editor/ }).check();
  await expectAccessible(page, 'a new account');
  await takePicture(page, 'admin-account-desk');
  await page.getByRole('button', { name: 'Add it' }).click();
  const drawn = await page.getByRole('dialog').locator('.code').innerText();
  assert.match(drawn, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  await page.getByRole('button', { name: 'I have noted it' }).click();
  const row = page.getByRole('row', { name: /kamal/ });
  assert.match(await row.innerText(), /Kamal bin Omar[\s\S]*Reader, Editor\s+–/, 'who releases nothing releases to nobody');
  await page.getByRole('columnheader', { name: 'Status' }).waitFor();

  const kamal = await open();
  await signIn(kamal.page, 'kamal', { password: drawn });
  await kamal.page.getByText('Somebody else chose this password').waitFor();
  await kamal.page.getByLabel('New password').fill('forest bicycle moon 73');
  await kamal.page.getByRole('button', { name: 'Sign in' }).click();
  await kamal.page.getByText('Reading as Malaysia').waitFor();

  await page.getByRole('button', { name: 'Change kamal' }).click();
  await page.getByRole('button', { name: 'Lock the account' }).click();
  await page.getByRole('row', { name: /kamal/ }).getByText('locked').waitFor();
  await kamal.page.reload();
  await kamal.page.getByRole('heading', { name: 'Sign in to adic' }).waitFor();
  await kamal.close();
  await page.getByRole('button', { name: 'Change siti' }).click();
  assert.ok(await page.getByRole('checkbox', { name: /Reader/ }).isDisabled(), 'nobody changes their own roles');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectAccessible(page, 'accounts');
  await takePicture(page, 'admin-accounts-desk');
});

test('sees what the server stands on, and makes a copy of the registry', async () => {
  const { page } = siti;
  await page.getByRole('tab', { name: 'Server' }).click();
  await page.getByText('can be read').waitFor();
  await page.getByRole('button', { name: 'Make a copy now' }).click();
  await page.getByText(/registry-\d{8}T\d{6}Z\.db/).first().waitFor();
  await expectAccessible(page, 'the server');
  await takePicture(page, 'admin-server-desk');
});

test('gives a program a token, and takes it away', async () => {
  const { page } = siti;
  await page.getByRole('link', { name: /My account/ }).first().click();
  const factor = page.getByRole('region', { name: 'Second factor' });
  await factor.getByText('It is on').waitFor();
  await factor.getByRole('button', { name: 'Set it up anew' }).waitFor();
  assert.equal(await factor.getByRole('button', { name: 'Set up a second factor' }).count(), 0);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.getByLabel('What for').fill('nightly look');
  await page.getByRole('checkbox', { name: 'manage accounts and the server' }).check();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  const token = await dialog.locator('.code').innerText();
  await dialog.getByRole('button', { name: 'I have noted it' }).click();
  const ask = async () => (await fetch(server.url('/api/v1/server'), { headers: { Authorization: `Bearer ${token}` } })).status;
  assert.equal(await ask(), 200);
  await takePicture(page, 'account-desk');
  await expectAccessible(page, 'my account');
  await page.getByRole('button', { name: 'Revoke nightly look' }).click();
  await page.getByText('No program has a token of yours').waitFor();
  assert.equal(await ask(), 401);
});

test('a wider audience waits for a second pair of eyes; another state sees it only then', async () => {
  const browsers = { farid: await open(), ratna: await open(), minh: await open() };
  const [farid, ratna, minh] = Object.values(browsers).map((one) => one.page);
  await signIn(farid, 'farid', { code: codeOf(secrets.farid, 1) });
  await signIn(ratna, 'ratna', { code: codeOf(secrets.ratna, 1) });
  await signIn(minh, 'minh');
  await minh.getByText('Reading as Viet Nam').waitFor();
  await farid.getByText('Reading as Malaysia').waitFor();
  const answers = [];
  minh.on('response', async (response) => {
    if (response.url().includes('/api/')) answers.push(await response.text().catch(() => ''));
  });
  const seenByMinh = async () => {
    answers.length = 0;
    await visit(minh, server, '/catalogue/MYS.radio');
    await minh.getByRole('heading', { name: 'Marsh radio' }).waitFor();
    return (await minh.evaluate(() => document.documentElement.outerHTML)) + answers.join();
  };
  assert.doesNotMatch(await seenByMinh(), /1[,.]?250/);

  await visit(farid, server, '/data/MYS.radio?tab=release');
  await farid.getByRole('button', { name: 'Change who sees: Price' }).click();
  await farid.getByRole('button', { name: 'Add an audience' }).click();
  await farid.getByLabel('Who', { exact: true }).selectOption('VNM');
  await farid.getByText('1 reader will see more: Viet Nam.').waitFor();
  await farid.getByText('it waits until another account of your state approves it').waitFor();
  await farid.getByRole('button', { name: 'Propose it' }).click();
  await farid.getByText(/waits for a second pair of eyes/).waitFor();
  await farid.getByText('It is yours, so somebody else approves it.').waitFor();
  assert.doesNotMatch(await seenByMinh(), /1[,.]?250/, 'a proposal shows nobody anything');

  await visit(ratna, server, '/data/waiting');
  await ratna.getByRole('button', { name: 'See what it would change' }).click();
  await ratna.getByText('1 reader will see more: Viet Nam.').waitFor();
  await expectAccessible(ratna, 'a proposal');
  await takePicture(ratna, 'data-proposal-desk');
  await ratna.getByRole('button', { name: 'Approve it' }).click();
  await ratna.getByText('Approved: it is in force now.').waitFor();
  assert.match(await seenByMinh(), /1[,.]?250/);

  await visit(farid, server, '/data/MYS.radio?tab=release');
  await farid.getByRole('button', { name: 'Take it back' }).click();
  await farid.getByRole('button', { name: 'Take it back from everybody' }).click();
  await farid.getByText('nobody but your state').first().waitFor();
  await visit(minh, server, '/');
  await minh.getByText(/Malaysia has taken back/).waitFor();
  for (const browser of Object.values(browsers)) {
    assert.deepEqual(browser.complaints, []);
    await browser.close();
  }
});

test('takes a lost second factor away from another, and not from oneself', async () => {
  const { page } = siti;
  await visit(page, server, '/admin');
  await page.getByRole('button', { name: 'Change siti' }).click();
  await page.getByRole('dialog').getByLabel('Name of the person').waitFor();
  assert.equal(await page.getByRole('button', { name: 'The app of the second factor is lost' }).count(), 0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Change ratna' }).click();
  await page.getByRole('button', { name: 'The app of the second factor is lost' }).click();
  await page.getByText(/Be sure that it is ratna who asks/).waitFor();
  await expectAccessible(page, 'a lost second factor');
  await takePicture(page, 'admin-factor-desk');
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByText('The second factor of ratna is taken away').waitFor();
  const other = await open();
  await signIn(other.page, 'ratna');
  await other.page.getByText('Reading as Malaysia').waitFor();
  await visit(other.page, server, '/data/waiting');
  assert.equal(await other.page.getByRole('button', { name: 'Approve it' }).count(), 0, 'without it nothing is released');
  await other.close();
  await siti.close();
});
