// What a state hides stays hidden on every page: another state's browser has it neither on the page nor in an answer nor in
// anything that it keeps. Every address of addresses.mjs is visited, so a new page is covered by standing there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addresses } from './addresses.mjs';
import { openBrowser, readAs, startServer, visit } from './harness.mjs';

/** Words and a figure that stand nowhere else. */
const mark = /zzyzx|987654321/i;

const hidden = {
  organisation: [{ id: 'zzyzx-works', name: 'Zzyzx works', capabilities: ['zzyzx radio'], release: 'nobody' }],
  product: [
    { id: 'zzyzx-radio', name: 'Zzyzx radio', kind: 'item of production', hs: '852560', release: 'nobody' },
    { id: 'seen-radio', name: 'Seen radio', kind: 'item of production', price: 987654321, release: 'ASEAN', 'release.price': 'nobody' },
  ],
  demand: [{ id: 'zzyzx-need', item: 'zzyzx radio', quantity: 987654321, first: '2027-01-01', last: '2028-01-01', release: 'SGP' }],
  supply: [{ id: 'zzyzx-supply', item: 'gallium', origin: 'CHN', note: 'zzyzx', release: 'nobody' }],
  'third-party-supplier': [{ id: 'zzyzx-outside', name: 'Zzyzx lenses', state: 'JPN', release: 'nobody' }],
  project: [{ id: 'zzyzx-project', name: 'Zzyzx project', item: 'radio', release: 'SGP' }],
  participation: [{ id: 'zzyzx-part', project: 'MYS.zzyzx-project', wish: 'joins', release: 'nobody' }],
  rule: [{ id: 'zzyzx-rule', name: 'Zzyzx rule', text: 'zzyzx', release: 'nobody' }],
  standard: [{ id: 'zzyzx-standard', name: 'ZZYZX-STD-1', release: 'nobody' }],
  source: [{ id: 'zzyzx-source', title: 'Zzyzx letter', release: 'nobody' }],
};

let server;
before(async () => {
  server = await startServer();
  const owner = await openBrowser();
  await readAs(owner.page, server, 'MYS');
  const asking = owner.page.context().request;
  const { csrf } = await (await asking.get(server.url('/api/v1/session'))).json();
  for (const [type, records] of Object.entries(hidden)) {
    const written = await asking.post(server.url(`/api/v1/records?type=${type}`), { data: { records }, headers: { 'X-Adic-CSRF': csrf } });
    assert.equal(written.status(), 201, `${type}: ${await written.text()}`);
  }
  await owner.close();
});
after(() => server.stop());

async function look(as) {
  const browser = await openBrowser();
  const { page } = browser;
  const answers = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) answers.push(response.text().then((text) => `${response.url()}\n${text}`, () => ''));
  });
  await readAs(page, server, as);
  const found = [];
  for (const { name, path, status } of addresses) {
    if (status !== undefined) continue;
    await visit(page, server, path);
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    if (mark.test(shown)) found.push(`the page ${name}`);
  }
  await visit(page, server, '/catalogue?q=zzyzx');
  const results = await page.getByRole('heading', { name: /^Nothing found$|^\d+ results?$/ }).innerText();
  if (results !== 'Nothing found') found.push('the search');
  for (const answer of await Promise.all(answers)) {
    const [address] = answer.split('\n', 1);
    if (mark.test(answer.slice(address.length))) found.push(`the answer of ${address}`);
  }
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await caches.keys(), databases]);
  });
  if (mark.test(kept)) found.push('what the browser keeps');
  await browser.close();
  return found;
}

/** What each state shows, and what changed, by type: figures in which what is hidden must not count. */
async function counted(at, as) {
  const browser = await openBrowser();
  await readAs(browser.page, at, as);
  const asking = browser.page.context().request;
  const answers = [];
  for (const path of ['/api/v1/coverage', '/api/v1/projects']) answers.push(await (await asking.get(at.url(path))).json());
  await visit(browser.page, at, '/buying');
  const page = (await browser.page.locator('main').innerText()).replace(/\d+ \w+ \d{4}/g, '');
  await browser.close();
  const [{ coverage }, { projects }] = answers;
  const shown = coverage.filter((one) => one.state === 'MYS');
  return { shown, projects: projects.map((one) => ({ ...one, changed: undefined })), page };
}

test('counts nothing of what is hidden', async () => {
  const without = await startServer();
  for (const as of ['PHL', 'org:secretariat', 'everyone']) {
    const [one, other] = [await counted(server, as), await counted(without, as)];
    // The one record that is released to the region counts for its states.
    const seen = as === 'PHL' ? one.shown.map((row) => (row.type === 'product' ? { ...row, records: row.records - 1 } : row)) : one.shown;
    assert.deepEqual(seen, other.shown, as);
    assert.deepEqual(one.projects, other.projects, as);
    if (as !== 'PHL') assert.equal(one.page, other.page, as);
  }
  await without.stop();
});

for (const as of ['PHL', 'org:secretariat', 'everyone']) {
  test(`shows ${as} nothing of what Malaysia hides`, async () => {
    assert.deepEqual(await look(as), []);
  });
}

test('shows it to its owner', async () => {
  const found = await look('MYS');
  assert.ok(found.includes('the search'), found.join());
  assert.ok(found.some((where) => where.startsWith('the answer of')), found.join());
});
