// A scenario that is shared within release: a state keeps it, shows it to one other, which opens and runs it on its own view;
// a third finds nothing of it in its page, in what it was sent, or in what its browser keeps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

const title = 'Cobalt stops for a season';
const exercise = 'Exercise: the Strait of Malacca and the Sunda Strait at once';

let server;
let owner;
let reader;
let third;
/** The identifier of the record. */
let kept;
const answers = [];
before(async () => {
  server = await startServer();
  owner = await openBrowser();
  reader = await openBrowser();
  third = await openBrowser();
  third.page.on('response', async (response) => {
    if (response.url().includes('/api/')) answers.push(await response.text().catch(() => ''));
  });
  await readAs(owner.page, server, 'PHL');
  await readAs(reader.page, server, 'VNM');
  await readAs(third.page, server, 'THA');
});
after(async () => {
  for (const one of [owner, reader, third]) await one.close();
  await server.stop();
});

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const shared = (page, text) => page.locator('.shared li').filter({ hasText: text });

/** All that the third state has after it looked wherever a scenario could stand. */
async function lookAsThird() {
  const { page } = third;
  answers.length = 0;
  let all = '';
  for (const path of ['/shock', '/catalogue?q=cobalt', '/data', '/briefs']) {
    await visit(page, server, path);
    all += await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  }
  for (const path of ['/api/v1/records?type=scenario&facet=name&facet=owner', '/api/v1/suggestions?q=cob', '/api/v1/jobs']) {
    all += await (await page.context().request.get(server.url(path))).text();
  }
  return all + answers.join();
}

async function build(page, name) {
  await visit(page, server, '/shock');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Add a state').selectOption('COD');
  await button(page, 'Add to the scenario').click();
}

test('a scenario is kept as a record of the own state, for it alone', async () => {
  const { page } = owner;
  await build(page, title);
  await page.getByText('It becomes a record of Philippines, which Philippines alone sees').waitFor();
  await button(page, 'Keep in the registry').click();
  await page.getByText(`“${title}” is kept as a record of Philippines. Nobody else sees it`).waitFor();
  await shared(page, title).getByText('sees it: nobody but your state').waitFor();
  kept = new URL(await shared(page, title).getByRole('link').getAttribute('href'), server.address).pathname.split('/').pop();
  assert.match(kept, /^PHL\./);
  await expectAccessible(page, 'a scenario that was kept');
  await takePicture(page, 'shock-shared-kept');
  await visit(reader.page, server, '/shock');
  await shared(reader.page, exercise).waitFor();
  assert.equal(await shared(reader.page, title).count(), 0);
  assert.ok(!(await lookAsThird()).includes('Cobalt stops'));
});

test('it is released as any record, from where it stands', async () => {
  const { page } = owner;
  await page.getByRole('link', { name: `Who sees this: ${title}` }).click();
  await button(page, 'Change who sees: The record').click();
  await button(page, 'Add an audience').click();
  await page.getByLabel('Who', { exact: true }).selectOption('VNM');
  await page.getByText('1 reader will see more: Viet Nam').waitFor();
  await button(page, 'Show more to 1 reader').click();
  await page.getByText('Who sees it is changed.').waitFor();
  await visit(page, server, '/shock');
  await shared(page, title).getByText('sees it: Viet Nam: in full').waitFor();
});

test('who is shown it opens and runs it, beside another one', async () => {
  const { page } = reader;
  await visit(page, server, '/shock');
  const row = shared(page, title);
  await row.getByText('shown to you').waitFor();
  await row.getByText('Philippines').waitFor();
  assert.equal(await row.getByRole('link').count(), 0, 'who sees it is its owner’s to know');
  await button(page, `Open ${title}`).click();
  await page.getByText(`“${title}” is open.`).waitFor();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), title);
  await button(page, 'Run').click();
  const compared = page.getByRole('region', { name: 'Side by side' }).getByRole('columnheader');
  await compared.nth(1).waitFor({ timeout: 60_000 });
  await button(page, `Open ${exercise}`).click();
  await page.getByText(`“${exercise}” is open.`).waitFor();
  await button(page, 'Run').click();
  await compared.nth(2).waitFor({ timeout: 60_000 });
  assert.deepEqual((await compared.allInnerTexts()).slice(1), [title, exercise]);
  await expectAccessible(page, 'shared scenarios side by side');
  await takePicture(page, 'shock-shared-run');
});

test('a third state finds nothing of it, nor of its run', async () => {
  const all = await lookAsThird();
  assert.match(all, /Exercise: the Strait of Malacca/, 'what is shown to it is there');
  assert.ok(!all.includes('Cobalt stops'), 'the title of a scenario that is hidden');
  assert.ok(!all.includes(kept), 'the identifier of a record that is hidden');
});

test('a copy is the reader’s own record', async () => {
  const { page } = reader;
  await button(page, `Open ${title}`).click();
  await page.getByText(`“${title}” is open.`).waitFor();
  await button(page, 'Keep in the registry').click();
  await page.getByText('is kept as a record of Viet Nam').waitFor();
  await shared(page, title).nth(1).waitFor();
  await visit(owner.page, server, '/shock');
  await shared(owner.page, title).first().waitFor();
  assert.equal(await shared(owner.page, title).count(), 1, 'its owner does not hear of the copy');
});

test('a change is kept against the version that was opened', async () => {
  const { page } = owner;
  await button(page, `Open ${title}`).click();
  await page.getByLabel('Name', { exact: true }).fill(`${title}, and longer`);
  // A colleague writes the same record in between.
  const ask = page.context().request;
  const { csrf } = await (await ask.get(server.url('/api/v1/session'))).json();
  const found = await (await ask.get(server.url('/api/v1/records?type=scenario&owner=PHL'))).json();
  const { id } = found.records[0];
  const seen = await ask.get(server.url(`/api/v1/records/${id}`));
  const fields = Object.fromEntries(Object.entries((await seen.json()).fields).filter(([, value]) => value !== null));
  const write = (about, tag) => ask.put(server.url(`/api/v1/records/${id}`), { data: { ...fields, about }, headers: { 'If-Match': tag, 'X-Adic-CSRF': csrf } });
  assert.equal((await write('a colleague was here', seen.headers()['etag'])).status(), 200);
  await button(page, `Keep the changes to “${title}”`).click();
  await page.getByText('Somebody has changed this record since you opened it').waitFor();
  await button(page, `Open ${title}`).click();
  // The words of the first opening still stand there: the second is done once the complaint is gone.
  await page.getByText('Somebody has changed this record since you opened it').waitFor({ state: 'detached' });
  await page.getByText(`“${title}” is open.`).waitFor();
  await page.getByLabel('Name', { exact: true }).fill(`${title}, and longer`);
  await button(page, `Keep the changes to “${title}”`).click();
  await page.getByText(`The changes to “${title}, and longer” are kept`).waitFor();
  await visit(reader.page, server, '/shock');
  await shared(reader.page, `${title}, and longer`).waitFor();
});

test('a part of it can be seen and not run', async () => {
  const ask = owner.page.context().request;
  const { csrf } = await (await ask.get(server.url('/api/v1/session'))).json();
  const { records } = await (await ask.get(server.url('/api/v1/records?type=scenario&owner=PHL'))).json();
  const narrowed = await ask.post(server.url(`/api/v1/records/${records[0].id}/release`), {
    data: { field: 'content', release: '', confirm: true },
    headers: { 'X-Adic-CSRF': csrf },
  });
  assert.equal(narrowed.status(), 200, await narrowed.text());
  const { page } = reader;
  await visit(page, server, '/shock');
  const row = shared(page, `${title}, and longer`);
  await row.getByText('Not all of it is shown to you, so it cannot be run.').waitFor();
  assert.equal(await row.getByRole('button').count(), 0);
  await visit(page, server, `/shock?scenario=${records[0].id}`);
  await page.getByRole('heading', { name: 'Shared scenarios' }).waitFor();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), '', 'an address opens no more');
  await expectAccessible(page, 'a scenario that is shown in part');
});

test('says who is shown none what would stand here', async () => {
  const { page } = third;
  await readAs(page, server, 'everyone');
  await visit(page, server, '/shock');
  await page.getByText('No scenario is shown to you.').waitFor();
  assert.equal(await button(page, 'Keep in the registry').count(), 0);
  for (const one of [owner, reader, third]) assert.deepEqual(one.complaints, []);
});
