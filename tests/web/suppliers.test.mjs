// A scenario that stops a supplier: chosen by its name from the reader's map, and never typed.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, root, startServer, visit } from './harness.mjs';

let server;
let browser;
let page;
before(async () => {
  server = await startServer(['--map', join(root, 'tests/golden/maps/harbour')]);
  browser = await openBrowser();
  page = browser.page;
});
after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name) => page.getByRole('button', { name, exact: true });

test('says why nothing can be run yet', async () => {
  await visit(page, server, '/shock');
  await page.getByText('To run: pick what happens, or build a scenario.').waitFor();
  assert.ok(await button('Run').isDisabled());
});

test('a supplier is chosen by its name', async () => {
  await page.getByLabel('Name', { exact: true }).fill('No engines');
  await page.locator('#run-waits').getByText('Add at least one event.').waitFor();
  await page.getByLabel('Add a supplier').selectOption({ label: 'Northern Motors · Germany' });
  await button('Leave out Northern Motors').waitFor();
  await button('Add to the scenario').click();
  await page.locator('.events').getByText('Northern Motors').waitFor();
  await expectAccessible(page, 'a supplier that is stopped');
  await button('Run').click();
  await page.getByRole('region', { name: 'Side by side' }).waitFor({ timeout: 60_000 });
  assert.deepEqual(browser.complaints, []);
});

test('a supplier that the map does not have is told before a run', async () => {
  const scenario = {
    id: 'no-pots',
    title: 'No pots',
    start: '2026-01-01',
    horizon_days: 364,
    events: [{ id: 'event-1', kind: 'halt', target: { organisations: ['pot-works'] }, start_day: 0, duration_days: 84 }],
  };
  await page.getByLabel('Open a file').setInputFiles({ name: 'no-pots.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(scenario)) });
  await page.getByText('The map that you see has no supplier pot-works.').waitFor();
});
