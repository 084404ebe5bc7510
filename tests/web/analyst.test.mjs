// The analyst of a ministry: from an item to its network, to a bottleneck and why it is one, to a shock that breaks it, to
// what would help, to a brief. Every state on the way is looked at by axe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let browser;
let page;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  page = browser.page;
  await readAs(page, server, 'PHL');
});
after(async () => {
  await browser.close();
  await server.stop();
});

const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (name) => page.getByRole('tab', { name });
const heading = (name) => page.getByRole('heading', { name });
const query = () => Object.fromEntries(new URL(page.url()).searchParams);

test('finds an item and sees its network', async () => {
  await visit(page, server, '/chain');
  await page.getByRole('combobox', { name: 'Find an item' }).fill('patrol boat');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await expectAccessible(page, 'the search');
  await page.keyboard.press('Enter');
  await page.getByRole('application').waitFor();
  assert.equal(new URL(page.url()).pathname, '/chain/coastal-patrol-boat');
  assert.match(await page.locator('.coverage').innerText(), /Unknown: \d+%.* for \d+ of \d+ items/);
  await expectAccessible(page, 'the network');
});

test('sees a bottleneck, and why it stops the item', async () => {
  await tab('Bottlenecks').click();
  await button('Gallium').click();
  assert.equal(query().pick, 'gallium');
  await expectAccessible(page, 'the bottlenecks');
  await page.getByRole('listitem').filter({ has: button('Gallium') }).getByRole('button', { name: /Why China alone/ }).click();
  await heading('Why it stops without Gallium from China').waitFor();
  assert.equal(query().cut, 'gallium@CHN');
  await page.getByText('on the way of the failure').waitFor();
  const links = await page.locator('.why li').allInnerTexts();
  assert.ok(links.length >= 2);
  for (const link of links.filter((one) => !one.includes('told above'))) {
    assert.match(link, /· [A-E]$/, 'each link has its sources and says how sure it is');
  }
  await takePicture(page, 'chain-why-desk');
  await expectAccessible(page, 'the chain of reasons');
});

test('opens the source and the equation of a figure', async () => {
  await tab('The item picked').click();
  await page.getByRole('button', { name: /Concentration \(HHI\): 0\.96/ }).click();
  await page.getByText(/HHI = Σ s²/).waitFor();
  await expectAccessible(page, 'a figure that is open');
  await page.keyboard.press('Escape');
});

test('looks at the region and the nation side by side, and sends the view on', async () => {
  await page.getByLabel('Seen by').selectOption('both');
  await page.getByRole('application').nth(1).waitFor();
  await page.getByLabel('Colour by').selectOption('concentration');
  assert.deepEqual(query(), { view: 'both', colour: 'concentration', pick: 'gallium', cut: 'gallium@CHN', panel: 'item' });
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.getByRole('application').count(), 2);
  assert.equal(await page.getByLabel('Colour by').inputValue(), 'concentration');
  await page.getByText('Herfindahl-Hirschman index').waitFor();
  await page.getByRole('tab', { name: 'The item picked', selected: true }).waitFor();
  await expectAccessible(page, 'two views');
});

test('says in a table and a tree what the picture shows, by keyboard alone', async () => {
  const picture = page.getByRole('application').first();
  await picture.focus();
  await page.keyboard.press('ArrowLeft');
  assert.notEqual(query().pick, 'gallium');
  await page.keyboard.press('Escape');
  assert.equal(query().pick, undefined);
  await page.getByLabel('Show as').selectOption('list');
  await page.getByRole('table').first().waitFor();
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  assert.ok(query().pick);
  // The item may be needed in several places: each of its lines is the one that is picked.
  const levels = await page.getByRole('treeitem', { selected: true }).evaluateAll((lines) => lines.map((line) => line.ariaLevel));
  assert.ok(levels.includes('3'), `picked at ${levels}`);
  await expectAccessible(page, 'the table and the tree');
});

test('breaks it in the shock room, stops the run and goes on', async () => {
  await tab('What stops it').click();
  await page.getByRole('link', { name: 'Break it in the shock room' }).click();
  await heading('Shock room').waitFor();
  await page.getByText('Coastal patrol boat (about 30 m)').waitFor();
  await expectAccessible(page, 'the shock room');
  await button('Leave out Coastal patrol boat (about 30 m)').click();
  await page.getByLabel('How uncertain').selectOption('8192');
  await button('Run').click();
  await page.getByRole('progressbar', { name: 'How far the run is' }).waitFor();
  await page.getByText('following many futures').waitFor();
  await button('Stop').click();
  await page.getByText(/^Stopped at/).waitFor();
  await button('Go on').click();
  await page.getByText(/stops in .* of futures/).first().waitFor({ timeout: 120_000 });
  await takePicture(page, 'shock-futures-desk');
  await expectAccessible(page, 'what becomes of it');
});

test('compares it with an episode, and finds what would help', async () => {
  await button(/^Heavy rare earths/).click();
  await page.getByText('leave China with a licence only').waitFor();
  await page.getByLabel('How uncertain').selectOption('0');
  await button('Run').click();
  const compared = page.getByRole('region', { name: 'Side by side' }).getByRole('columnheader');
  await compared.nth(2).waitFor();
  assert.deepEqual((await compared.allInnerTexts()).slice(1), [
    'Without gallium from China',
    'Heavy rare earths and magnets, April 2025: licences from one day to the next',
  ]);
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await button('Find the best list').click();
  await page.getByText(/With 50 million USD, .* weeks of output are saved/).waitFor({ timeout: 120_000 });
  const told = await page.getByRole('region', { name: '4. What would help' }).innerText();
  assert.doesNotMatch(told, /ndfeb-magnet|ferrite-magnet|[a-z]+-store\b|-0\.0/, 'names, and no nought below nought');
  assert.match(told, /Twice the budget is looked at each time/);
  await takePicture(page, 'shock-remedies-desk');
  await expectAccessible(page, 'what would help');
});

test('a number that cannot be stays in its field, is said there, and is waited for', async () => {
  await visit(page, server, '/shock?episode=malacca-closure&item=relief-drone');
  const stock = page.getByLabel('Days of stock that all keep');
  await stock.press('End');
  await stock.press('Backspace');
  await stock.press('Backspace');
  await page.getByText('A number of days from 0 to 3,650.').waitFor();
  for (const typed of ['', '-5', '9999']) {
    await stock.fill(typed);
    await stock.blur();
    await page.getByText('To run: give the days of stock').waitFor();
    assert.equal(await stock.inputValue(), typed);
    assert.equal(await stock.getAttribute('aria-invalid'), 'true');
    assert.ok(await button('Run').isDisabled());
  }
  await page.getByLabel('Who counts as inside').selectOption('PHL');
  assert.equal(await stock.inputValue(), '9999', 'another choice leaves it');
  await expectAccessible(page, 'a number that cannot be');
  await stock.fill('60');
  await stock.blur();
  await page.getByText('To run: give the days of stock').waitFor({ state: 'detached' });
  assert.equal(query().stock, '60');
  assert.equal(query().inside, 'PHL');
  await page.getByText('Change it: it becomes a scenario of your own').click();
  for (const [label, said] of [
    ['Weeks looked at', 'Look at 1 to 5,200 weeks.'],
    ['From week', 'It begins in week 0 or a later one.'],
    ['likely', 'It lasts longer than nothing'],
    ['Begins on', 'Say on which day it begins.'],
  ]) {
    const field = page.locator('.builder').getByLabel(label, { exact: true }).first();
    const before = await field.inputValue();
    await field.fill('');
    await field.blur();
    await page.locator('.builder').getByText(said).first().waitFor();
    assert.equal(await field.inputValue(), '');
    assert.ok(await button('Run').isDisabled(), label);
    assert.ok(await page.locator('#run-waits').getByText(said).isVisible(), label);
    await field.fill(before);
    await field.blur();
    await page.locator('#run-waits').waitFor({ state: 'detached' });
  }
});

test('says that no future that was drawn loses anything, where the harsh case does', async () => {
  await visit(page, server, '/shock?episode=malacca-closure&item=relief-drone');
  await page.getByRole('button', { name: /Strait of Malacca/, pressed: true }).waitFor();
  await button('Run').click();
  await page.getByText('0.0 in the mild case, 5.2 in the harsh').waitFor();
  await button('Find the best list').click();
  await page.getByText('In none of the 256 futures that were drawn is anything lost').waitFor({ timeout: 60_000 });
  await page.getByText('The harsh case of section 3 loses 5.2 weeks all the same').waitFor();
  assert.equal(await page.getByText('Nothing is lost, so nothing needs to be bought').count(), 0);
  await takePicture(page, 'shock-nothing-lost-desk');
});

test('the address holds what was chosen and run, for a reload and a step back', async () => {
  await visit(page, server, '/shock?episode=malacca-closure&item=relief-drone');
  const pressed = (name) => page.getByRole('button', { name, pressed: true });
  await pressed(/Strait of Malacca/).waitFor();
  await button('Run').click();
  await page.getByText('stops in the harsh case alone, in week 16').first().waitFor();
  await page.getByText('0.0 in the mild case, 5.2 in the harsh').waitFor();
  await page.getByLabel('How uncertain').selectOption('1024');
  await button(/^Red Sea/).click();
  await pressed(/^Red Sea/).waitFor();
  await button('Run').click();
  const compared = page.getByRole('region', { name: 'Side by side' }).getByRole('columnheader');
  await compared.nth(2).waitFor();
  assert.deepEqual(await page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search))), {
    episode: 'red-sea-2023',
    item: 'relief-drone',
    futures: '1024',
    runs: 'malacca-closure:relief-drone:ASEAN:30:0,red-sea-2023:relief-drone:ASEAN:30:1024',
  });
  await page.reload({ waitUntil: 'networkidle' });
  await pressed(/^Red Sea/).waitFor();
  assert.equal(await page.getByLabel('How uncertain').inputValue(), '1024');
  await expectAccessible(page, 'runs to be run again');
  await takePicture(page, 'shock-again-desk');
  await button('Run again').click();
  await compared.nth(2).waitFor();
  await page.getByText(/stops in (none|.*) of (the )?futures/).first().waitFor({ timeout: 60_000 });
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV', exact: true }).click()]);
  assert.match(readFileSync(await file.path(), 'utf8'), /harsh_stops_in_week[\s\S]*relief-drone/);
  await page.goBack();
  await pressed(/Strait of Malacca/).waitFor();
  // What is printed is what was found, not what it was asked with.
  await page.emulateMedia({ media: 'print' });
  for (const control of ['Save as a file', 'Find the best list', 'Run']) assert.ok(!(await button(control).first().isVisible()), control);
  assert.equal(await page.locator('.shock input:visible').count(), 0, 'no empty fields');
  await takePicture(page, 'shock-print');
  await page.emulateMedia({ media: 'screen' });
});

test('keeps a scenario for its reader alone, as a file and in the browser', async () => {
  await visit(page, server, '/shock');
  await page.getByLabel('Name').fill('Two straits');
  await page.getByText('Straits and canals as a list').click();
  await page.getByRole('checkbox', { name: /Sunda Strait/ }).check();
  await page.getByLabel('Add a state').selectOption('COD');
  await button('Add to the scenario').click();
  await button('Save in this browser').click();
  await button('Remove Two straits').click();
  await button('Undo').click();
  await button('Two straits').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button('Save as a file').click()]);
  const scenario = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.deepEqual(
    scenario.events.map((event) => event.target),
    [{ origins: ['COD'] }, { chokepoints: ['sunda'] }],
  );
  await expectAccessible(page, 'a scenario of one’s own');
  await readAs(page, server, 'MYS');
  await visit(page, server, '/shock');
  await heading('2. For what, and for whom').waitFor();
  assert.equal(await button('Two straits').count(), 0, 'another reader is not shown it');
  await readAs(page, server, 'PHL');
  await visit(page, server, '/shock');
  await button('Two straits').waitFor();
});

test('prints the picture as a whole, whatever the reader looks at', async () => {
  await visit(page, server, '/chain/coastal-patrol-boat');
  const drawn = () => page.locator('.picture canvas').evaluate((canvas) => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(canvas.toDataURL())))));
  const printed = async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const picture = await drawn();
    const { width, height } = await page.locator('.picture canvas').evaluate((canvas) => ({ width: canvas.width, height: canvas.height }));
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.ok(width > 1.5 * height && width >= 2000, `as wide as a sheet, and sharp: ${width} by ${height}`);
    return picture;
  };
  await button('Show all').click();
  const whole = await printed();
  for (let times = 0; times < 4; times += 1) await button('Zoom in').click();
  const close = await drawn();
  assert.equal(await printed(), whole);
  assert.equal(await drawn(), close);
});

test('prints all sources of what it shows, and no actions', async () => {
  await visit(page, server, '/chain/vhf-field-radio?cut=CHN');
  await page.getByText('on the way of the failure').waitFor();
  await page.evaluate(() => (globalThis.print = () => (document.documentElement.dataset.printed = 'yes')));
  await button('Brief').click();
  await page.locator('html[data-printed]').waitFor({ state: 'attached' });
  await page.emulateMedia({ media: 'print' });
  const foot = await page.locator('footer.print-only').innerText();
  for (const source of ['Study on the critical raw materials for the EU 2023', 'Illustrative yearly hazards', 'Engineering judgement']) {
    assert.match(foot, new RegExp(source));
  }
  assert.ok(!(await page.getByRole('link', { name: 'Break it in the shock room' }).isVisible()));
  await page.emulateMedia({ media: null });
});

test('prints a brief', async () => {
  await visit(page, server, '/chain/coastal-patrol-boat');
  const link = page.getByRole('link', { name: 'One-page brief for print' });
  const answer = await page.context().request.get(server.url(await link.getAttribute('href')));
  assert.match(answer.headers()['content-type'], /^text\/html/);
  assert.match(await answer.text(), /<title>Coastal patrol boat/);
  assert.deepEqual(browser.complaints, []);
});
