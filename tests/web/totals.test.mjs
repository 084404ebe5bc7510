// A total by consent: what a state gives away is said before it agrees, the total is published once, and nobody's plan is on a page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

/** Figures that stand nowhere else. */
const plans = { MYS: 7213, THA: 8427, VNM: 9360 };

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** Asks as a state, and gives what comes. */
async function ask(state, path, data) {
  const asking = browser.page.context().request;
  await readAs(browser.page, server, state);
  const { csrf } = await (await asking.get(server.url('/api/v1/session'))).json();
  const answer = await asking.post(server.url(path), { data, headers: { 'X-Adic-CSRF': csrf } });
  assert.ok(answer.ok(), `${state} ${path}: ${await answer.text()}`);
}

test('says what consenting gives away, counts the states, and shows the total and no plan', async () => {
  const { page } = browser;
  await ask('MYS', '/api/v1/records?type=aggregate', {
    records: [
      {
        id: 'sets',
        name: 'Field sets for 2031',
        measure: 'demand.quantity',
        item: 'field set',
        first_year: 2031,
        last_year: 2031,
        smallest_group: 3,
        protection: 10,
        rounding: 1000,
        audience: 'ASEAN',
        release: 'ASEAN',
      },
    ],
  });
  for (const [state, quantity] of Object.entries(plans)) {
    await ask(state, '/api/v1/records?type=demand', { records: [{ id: 'wanted-sets', item: 'field set', quantity, first: '2031-03-01' }] });
  }
  for (const state of ['MYS', 'VNM']) {
    await readAs(page, server, state);
    const { definition } = await (await page.context().request.get(server.url('/api/v1/aggregates/MYS.sets'))).json();
    await ask(state, '/api/v1/aggregates/MYS.sets/consent', { confirm: true, definition, until: '2099-01-01' });
  }

  await readAs(page, server, 'THA');
  await visit(page, server, '/buying/totals');
  const question = page.getByRole('region', { name: 'Field sets for 2031' });
  assert.match(await question.innerText(), /2 of at least 3 states/);
  await expectAccessible(page, 'totals');
  await question.getByRole('button', { name: 'See what consenting gives away' }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /Today you would add 8,427 pieces in one record|Today you would add 8,427 pieces in 1 record/);
  assert.match(await dialog.innerText(), /with 3 states it learns the sum of 2 others/);
  await expectAccessible(page, 'totals-consent');
  await takePicture(page, 'buying-totals-consent');
  await dialog.getByRole('button', { name: 'Consent' }).click();
  await question.getByText('3 of at least 3 states').waitFor();

  await readAs(page, server, 'MYS');
  await visit(page, server, '/buying/totals');
  await question.getByRole('button', { name: 'Publish the total' }).click();
  await dialog.getByRole('button', { name: 'Publish the total' }).click();
  await question.getByText('25,000 pieces').waitFor();
  await takePicture(page, 'buying-totals-published');

  await readAs(page, server, 'SGP');
  await visit(page, server, '/buying/totals');
  const seen = await page.evaluate(() => document.documentElement.outerHTML);
  assert.match(seen, /25,000 pieces/);
  for (const plan of Object.values(plans)) {
    assert.ok(!seen.includes(String(plan)) && !seen.includes(plan.toLocaleString('en')), `${plan} is on the page of another state`);
  }
  await readAs(page, server, 'everyone');
  await visit(page, server, '/buying/totals');
  assert.match(await page.locator('main').innerText(), /Nobody asks you for a total/);
  assert.deepEqual(browser.complaints, []);
});
