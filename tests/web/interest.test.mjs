// A firm and its state: it claims its record and keeps it; it says that it is interested in what another state asks for, its
// state shows that to the one state, and a third never learns of it. And what an administrator sees of states and jobs.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { codeOf, expectAccessible, makeFolder, openBrowser, readAs, run, startServer, takePicture, visit } from './harness.mjs';

const password = 'violet harbour tin 88';
const secrets = {};
let folder;
let server;
const open = {};

before(async () => {
  folder = makeFolder();
  const [store, accounts] = [folder.path('registry.db'), folder.path('accounts.db')];
  const add = (owner, type, table) => {
    writeFileSync(folder.path(`${type}.csv`), table);
    run(['registry', 'add', folder.path(`${type}.csv`), '--type', type, '--owner', owner, '--store', store]);
  };
  add('MYS', 'organisation', 'id,name,national_number,contact,release\nyard,Kemaman Yard,2004-01.77,office of sales,public\n');
  add('IDN', 'demand', 'id,item,quantity,release\ncraft,patrol craft 24 m,6,public\n');
  run(['audit', 'start', 'example.org/log', '--out', `${store}.audit`]);
  const account = (name, state, roles, ...more) => {
    run(['account', 'add', name, '--state', state, '--roles', roles, ...more, '--accounts', accounts]);
    run(['account', 'password', name, '--own', '--accounts', accounts], `${password}\n`);
  };
  account('siti', 'MYS', 'reader,administrator');
  account('firm', 'MYS', 'reader,editor', '--organisation', 'org:kemaman');
  account('newcomer', 'MYS', 'reader,editor', '--organisation', 'org:rimba');
  account('aminah', 'MYS', 'reader,editor');
  account('farid', 'MYS', 'reader,editor,releaser');
  account('ratna', 'MYS', 'reader,releaser');
  account('budi', 'IDN', 'reader,editor');
  account('somchai', 'THA', 'reader,editor');
  for (const name of ['farid', 'ratna', 'siti']) {
    secrets[name] = /secret=([A-Z2-7]+)/.exec(run(['account', 'totp', name, '--accounts', accounts]))[1];
    run(['account', 'totp', name, '--code', codeOf(secrets[name]), '--accounts', accounts]);
  }
  server = await startServer(['--store', store, '--accounts', accounts]);
});
after(async () => {
  for (const browser of Object.values(open)) await browser.close();
  await server?.stop();
  folder.remove();
});

/** The page of a person who has signed in, in a browser of their own. */
async function pageOf(name) {
  if (!open[name]) {
    const browser = await openBrowser();
    open[name] = browser;
    const code = secrets[name] ? codeOf(secrets[name], 1) : '';
    const answer = await browser.context.request.post(server.url('/api/v1/session'), { data: { name, password, code } });
    assert.equal(answer.status(), 200, `${name} signs in`);
  }
  return open[name].page;
}

/** Writes over HTTP as somebody who has signed in. */
async function send(name, method, path, data) {
  const page = await pageOf(name);
  const asking = page.context().request;
  const session = await (await asking.get(server.url('/api/v1/session'))).json();
  return asking.fetch(server.url(path), { method, data, headers: { 'X-Adic-CSRF': session.csrf } });
}

/** A picture on a desk, on a phone and in the dark. */
async function lookAt(page, name) {
  await expectAccessible(page, name);
  await takePicture(page, `${name}-desk`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await takePicture(page, `${name}-phone-dark`);
  await expectAccessible(page, `${name}, dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(wide <= 1, `${name} is ${wide} px wider than a phone`);
}

test('a firm claims its record, is refused with a reason, claims again, and keeps the record from then on', async () => {
  const firm = await pageOf('firm');
  await visit(firm, server, '/catalogue/MYS.yard');
  const panel = firm.getByRole('region', { name: 'Is this your firm?' });
  await panel.getByRole('button', { name: 'Claim this profile' }).click();
  const dialog = firm.getByRole('dialog');
  await dialog.getByText('Only you and Malaysia see it.').waitFor();
  await dialog.getByLabel('Company number').fill('199001');
  await lookAt(firm, 'claim-dialog');
  await dialog.getByRole('button', { name: 'Send the claim' }).click();
  await panel.getByText(/Malaysia has not answered yet/).waitFor();

  const aminah = await pageOf('aminah');
  await visit(aminah, server, '/');
  await lookAt(aminah, 'claim-overview');
  await aminah.getByRole('link', { name: 'org:kemaman says that MYS.yard is its firm: accept or refuse' }).click();
  const whose = aminah.getByRole('region', { name: 'Who speaks for this firm' });
  await whose.getByText('The numbers differ.').waitFor();
  await whose.getByRole('button', { name: 'Refuse' }).click();
  await aminah.getByLabel('Reason').fill('That is the number of another firm.');
  await aminah.getByRole('button', { name: 'Refuse the claim' }).click();
  await aminah.getByText('The claim of org:kemaman to Kemaman Yard is refused.').waitFor();

  await visit(firm, server, '/catalogue/MYS.yard');
  await panel.getByText('Malaysia has refused your claim: That is the number of another firm.').waitFor();
  await panel.getByRole('button', { name: 'Claim it again' }).click();
  await dialog.getByLabel('Company number').fill('20040177');
  await dialog.getByRole('button', { name: 'Send the claim' }).click();
  await panel.getByText(/has not answered yet/).waitFor();

  await visit(aminah, server, '/catalogue/MYS.yard');
  await whose.getByText('The numbers are the same.').waitFor();
  await lookAt(aminah, 'claim-answer');
  await whose.getByRole('button', { name: 'Accept' }).click();
  await aminah.getByLabel(/Also vouch for what stands/).check();
  await lookAt(aminah, 'claim-accept');
  await aminah.getByRole('button', { name: 'Accept the claim' }).click();
  await aminah.getByText('as soon as somebody else of your state has approved that').waitFor();
  await aminah.getByText('Verified by Malaysia').waitFor();
  await whose.getByText('No account of a firm speaks for it').waitFor();
  await whose.getByText('Accepted, and not in force').waitFor();
  await aminah.getByRole('button', { name: 'Undo' }).click();
  await aminah.getByText('Not verified yet').waitFor();
  await whose.getByRole('button', { name: 'Accept' }).click();
  await aminah.getByRole('button', { name: 'Accept the claim' }).click();
  await whose.getByText('Accepted, and not in force').waitFor();
  await visit(firm, server, '/catalogue/MYS.yard');
  await panel.getByText('Accepted, and not in force').waitFor();

  // Who speaks for itself in a record sees all of it: that takes two people.
  const farid = await pageOf('farid');
  await visit(farid, server, '/data/MYS.yard?tab=release');
  await farid.getByText('Speaks for itself in it for: org:kemaman').waitFor();
  await farid.getByRole('button', { name: 'See what it would change' }).click();
  await farid.getByRole('button', { name: 'Approve it' }).click();
  await farid.getByText('org:kemaman: sees and changes all of it').waitFor();
  await expectAccessible(farid, 'who speaks for itself');
  await visit(aminah, server, '/catalogue/MYS.yard');
  await whose.getByText('Accounts of org:kemaman speak for it').waitFor();
  await aminah.getByRole('button', { name: 'Vouch for it' }).click();
  await aminah.getByText('Nothing. Its contact and its number of staff are not compared.').waitFor();

  await visit(firm, server, '/catalogue/MYS.yard');
  await panel.getByText('Your account speaks for this firm').waitFor();
  assert.equal(await firm.getByRole('button', { name: 'Vouch for it' }).count(), 0, 'a firm does not vouch for itself');
  await firm.getByRole('link', { name: 'Edit this profile' }).click();
  await firm.getByRole('button', { name: 'Go on' }).click();
  await firm.getByLabel('What it can do').fill('builds patrol craft up to 40 m');
  await firm.getByRole('button', { name: 'Save' }).click();

  // It still counts as verified, for its state alone to see what it vouched for and what it has become.
  await visit(aminah, server, '/catalogue/MYS.yard');
  await aminah.getByText('Verified by Malaysia').waitFor();
  await aminah.getByText('What changed since your state vouched for it').waitFor();
  await aminah.locator('ins', { hasText: 'builds patrol craft up to 40 m' }).waitFor();
  await lookAt(aminah, 'vouched-changed');
  await aminah.getByRole('button', { name: 'Vouch for it as it is now' }).click();
  await aminah.getByText('Nothing. Its contact and its number of staff are not compared.').waitFor();
  await visit(firm, server, '/catalogue/MYS.yard');
  await firm.getByText('Verified by Malaysia').waitFor();
  assert.equal(await firm.getByText('What changed since').count(), 0);
});

test('a firm of which nothing is known yet writes its own profile and products, for its state to show', async () => {
  const page = await pageOf('newcomer');
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await visit(page, server, '/profile');
  await page.getByRole('link', { name: 'Look for it in the catalogue' }).waitFor();
  await page.getByLabel('Name of the firm').fill('Rimba Radio Works');
  await press('Go on');
  await page.getByLabel('What it can do').fill('assembles field radios');
  await press('Go on');
  await press('Add a product');
  await page.getByLabel('Name of the product').fill('Rimba field radio');
  await press('Go on');
  await page.getByText('Your state decides who else is shown it').waitFor();
  assert.equal(await page.getByRole('radio').count(), 1, 'what it may not do is not offered');
  await lookAt(page, 'profile-audience-of-a-firm');
  await press('Save it for my state alone');
  await page.getByRole('heading', { name: 'Rimba Radio Works is in the directory' }).waitFor();

  await visit(page, server, '/data');
  await page.getByText('2 records').waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /patrol craft|Kemaman/, 'what others show it is not its own');
  await lookAt(page, 'data-of-a-firm');
  await visit(page, server, '/catalogue?type=organisation&q=rimba');
  await page.getByRole('link', { name: 'Rimba Radio Works' }).click();
  await page.getByRole('link', { name: 'Add a product' }).click();
  assert.match(await page.getByLabel('Maker', { exact: true }).inputValue(), /^MYS\./, 'its maker is known');
  await page.getByLabel('Name (needed)', { exact: true }).fill('Rimba whip aerial');
  await page.getByLabel('Kind (needed)', { exact: true }).selectOption('item of supply');
  await press('Save for your state alone');
  await page.getByRole('heading', { name: 'Rimba whip aerial' }).waitFor();

  const aminah = await pageOf('aminah');
  await visit(aminah, server, '/catalogue?q=rimba');
  for (const name of ['Rimba Radio Works', 'Rimba field radio', 'Rimba whip aerial']) await aminah.getByRole('link', { name, exact: true }).waitFor();
  const firm = await pageOf('firm');
  await visit(firm, server, '/catalogue?q=rimba');
  assert.doesNotMatch(await firm.locator('main').innerText(), /Rimba Radio Works/);
});

test('its interest is seen by the one state, when its own has shown it, and by a third never', async () => {
  const [firm, farid, budi, somchai] = [await pageOf('firm'), await pageOf('farid'), await pageOf('budi'), await pageOf('somchai')];
  const heard = [];
  somchai.on('response', async (response) => {
    if (response.url().includes('/api/')) heard.push(await response.text().catch(() => ''));
  });
  const expectNothingInThailand = async () => {
    heard.length = 0;
    for (const path of ['/', '/catalogue/IDN.craft', '/catalogue/MYS.yard']) {
      await visit(somchai, server, path);
      assert.doesNotMatch((await somchai.evaluate(() => document.documentElement.outerHTML)) + heard.join(), /could build six|org:kemaman|"kemaman"/);
    }
    const list = await (await send('somchai', 'GET', '/api/v1/records?type=interest&facet=owner')).json();
    assert.deepEqual([list.total, list.records], [0, []]);
  };

  await visit(firm, server, '/catalogue/IDN.craft');
  await firm.getByRole('button', { name: 'Express interest' }).click();
  const dialog = firm.getByRole('dialog');
  await dialog.getByText('It is no offer and no promise: nobody is bound by it.').waitFor();
  await dialog.getByText(/your account may not show it to other states/).waitFor();
  assert.equal(await dialog.getByLabel('Contact').inputValue(), 'office of sales');
  await dialog.getByLabel('Message').fill('We could build six by 2029.');
  await lookAt(firm, 'interest-dialog');
  await dialog.getByRole('button', { name: 'Express interest now' }).click();
  await firm.getByText('Malaysia decides whether Indonesia is shown it.').waitFor();
  await firm.getByRole('region', { name: 'Your interest' }).getByText('We could build six by 2029.').waitFor();

  await visit(budi, server, '/catalogue/IDN.craft');
  await budi.getByText('Nobody has said so to you.').waitFor();
  await expectNothingInThailand();

  await visit(farid, server, '/');
  const asked = farid.getByRole('link', { name: /org:kemaman is interested in IDN.craft: decide whether Indonesia is shown it/ });
  await asked.waitFor();
  const id = /data\/([^?]+)/.exec(await asked.getAttribute('href'))[1];
  const proposed = await send('farid', 'POST', `/api/v1/records/${id}/release`, { release: 'IDN', confirm: true });
  assert.equal(proposed.status(), 202);
  await visit(farid, server, '/');
  await farid.getByText(/to be released to/).waitFor();
  assert.equal(await asked.count(), 0, 'it waits for a second person now');
  const { proposal } = await proposed.json();
  const { basis } = await (await send('ratna', 'POST', `/api/v1/records/${id}/release`, { release: 'IDN' })).json();
  assert.equal((await send('ratna', 'POST', `/api/v1/proposals/${proposal}/approve`, { basis })).status(), 200);

  await visit(budi, server, '/');
  await budi.getByRole('link', { name: 'Malaysia is interested in IDN.craft' }).click();
  const who = budi.getByRole('region', { name: 'Who is interested' });
  await who.getByText('We could build six by 2029.').waitFor();
  await lookAt(budi, 'interest-owner');
  await who.getByRole('link', { name: 'Kemaman Yard' }).click();
  await budi.getByRole('heading', { name: 'Kemaman Yard' }).waitFor();
  assert.doesNotMatch(await budi.evaluate(() => document.documentElement.outerHTML), /org:kemaman/, 'which account keeps it is not for others');
  await expectNothingInThailand();

  await visit(firm, server, '/catalogue/MYS.yard');
  const mine = firm.getByRole('region', { name: 'Interests of this firm' });
  await mine.getByLabel('What came of it').selectOption('talks');
  await firm.getByText('Noted: talks.').waitFor();
  await lookAt(firm, 'interest-mine');
  await visit(budi, server, '/catalogue/IDN.craft');
  await who.getByText('talks').waitFor();
  await expectNothingInThailand();
});

test('an official is told who would see it, shows it, and takes it back', async () => {
  const sample = await startServer();
  const browser = await openBrowser();
  const { page } = browser;
  await readAs(page, sample, 'MYS');
  await visit(page, sample, '/catalogue/THA.need-2');
  await page.getByRole('button', { name: 'Express interest' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Only Thailand and your own state will see it.').waitFor();
  await dialog.getByLabel('Who is interested').selectOption('MYS.drone-works');
  await dialog.getByLabel('Message').fill('What is asked of the sights?');
  await dialog.getByRole('button', { name: 'See who would see what' }).click();
  await dialog.getByText('1 reader will see more: Thailand.').waitFor();
  await lookAt(page, 'interest-effect');
  await dialog.getByRole('button', { name: 'Show it to Thailand' }).click();
  await page.getByText('Thailand sees that you are interested.').waitFor();
  await page.getByRole('region', { name: 'Your interest' }).getByText('What is asked of the sights?').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back').waitFor();
  await page.getByText('What is asked of the sights?').waitFor({ state: 'detached' });
  // Left before it is shown, it leaves nothing behind.
  await page.getByRole('button', { name: 'Express interest' }).click();
  await dialog.getByLabel('Message').fill('Never mind.');
  await dialog.getByRole('button', { name: 'See who would see what' }).click();
  await dialog.getByText('1 reader will see more: Thailand.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForTimeout(500);
  const asking = page.context().request;
  assert.equal((await (await asking.get(sample.url('/api/v1/records?type=interest'))).json()).total, 0);
  await visit(page, sample, '/catalogue/MYS.drone-works');
  await page.getByText('The numbers are the same.').waitFor();
  await visit(page, sample, '/buying/projects/MYS.patrol-craft');
  const leads = page.getByRole('region', { name: 'Who leads' });
  await leads.getByText('accepted', { exact: true }).waitFor();
  await lookAt(page, 'room-lead');
  assert.deepEqual(browser.complaints, []);
  await browser.close();
  await sample.stop();
});

test('an administrator sees the states, and the jobs of the own state, and stops one', async () => {
  const siti = await pageOf('siti');
  await visit(siti, server, '/admin?tab=states');
  await siti.getByRole('heading', { name: 'Malaysia, your own state' }).waitFor();
  const row = siti.getByRole('row', { name: /Indonesia/ });
  assert.match(await row.innerText(), /Demand 1/);
  assert.match(await siti.getByRole('row', { name: /Thailand/ }).innerText(), /nothing/);
  await lookAt(siti, 'admin-states');
  const job = { analysis: 'shock-montecarlo', parameters: { what: 'heavy-rare-earths-2025', runs: '100000' } };
  const made = await send('aminah', 'POST', '/api/v1/jobs', job);
  assert.equal(made.status(), 202, await made.text());
  await send('budi', 'POST', '/api/v1/jobs', job);
  await visit(siti, server, '/admin?tab=jobs');
  await siti.getByRole('row', { name: /aminah/ }).waitFor();
  assert.equal(await siti.getByRole('row', { name: /budi/ }).count(), 0, 'whose the jobs of others are is not said');
  await lookAt(siti, 'admin-jobs');
  await siti.getByRole('button', { name: 'Stop shock-montecarlo of aminah' }).click();
  await siti.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await siti.getByText('The job of aminah is asked to stop.').waitFor();
  for (const browser of Object.values(open)) assert.deepEqual(browser.complaints, []);
});
