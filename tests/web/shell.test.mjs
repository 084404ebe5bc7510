// The frame of the pages: reload, keyboard, language, theme, what a second reader sees, and what the first view weighs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { choose, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let browser;
let page;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
  page = browser.page;
});
after(async () => {
  await browser.close();
  await server.stop();
});

test('asks nobody but its own server, and weighs less than 200 kB at first, in few requests', async () => {
  const weights = [];
  const other = [];
  const session = await browser.context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => weights.push(event.encodedDataLength));
  page.on('request', (request) => {
    if (!request.url().startsWith(server.address) && !request.url().startsWith('data:')) other.push(request.url());
  });
  const data = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) data.push(Number(response.headers()['content-length'] ?? 0));
  });
  await visit(page, server, '/');
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const files = sum(weights) - sum(data);
  assert.deepEqual(other, []);
  assert.ok(files > 50_000, 'the page was fetched');
  assert.ok(sum(weights) < 200_000, `the first view weighs ${sum(weights)} bytes with its answers`);
  assert.ok(weights.length < 30, `the first view takes ${weights.length} requests`);
  console.log(`first view: ${Math.round(files / 1000)} kB of files, ${Math.round(sum(data) / 1000)} kB of answers, ${weights.length} requests`);
});

test('answers when a page is loaded again', async () => {
  await visit(page, server, '/catalogue?q=radio');
  assert.equal(await page.locator('#catalogue-q').inputValue(), 'radio');
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.locator('#catalogue-q').inputValue(), 'radio');
});

test('says on its page that an address is none, whoever reads', async () => {
  for (const path of ['/shocks', '/chart?week=3']) {
    const answer = await page.goto(server.url(path), { waitUntil: 'networkidle' });
    assert.equal(answer.status(), 404, path);
    await page.getByText('There is no such page').waitFor();
    await page.getByRole('link', { name: 'Go to the overview' }).waitFor();
  }
  await takePicture(page, 'no-such-page-desk');
  const plain = await page.context().request.get(server.url('/shocks'), { headers: { Accept: '*/*' } });
  assert.equal(plain.status(), 404);
  assert.equal((await plain.json()).error.code, 'not_found');
});

test('is used by keyboard alone', async () => {
  await visit(page, server, '/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await page.getByRole('link', { name: 'Catalogue' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Catalogue and directory' }).waitFor();
  await page.locator('#content:focus').waitFor({ state: 'attached' });
  assert.match(await page.title(), /^Catalogue/);
});

test('says who reads, and changes it', async () => {
  await visit(page, server, '/catalogue?type=product');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
  await page.getByLabel('Read as').selectOption('MYS');
  await page.getByRole('heading', { name: '22 results' }).waitFor();
  await page.getByLabel('Read as').selectOption('everyone');
  await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
});

test('keeps language and theme, and writes figures as the language does', async () => {
  await visit(page, server, '/');
  await page.getByLabel('Language').selectOption('vi');
  await page.locator('html[lang="vi"]').waitFor({ state: 'attached' });
  await page.getByLabel('Giao diện').selectOption('dark');
  await page.reload({ waitUntil: 'networkidle' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'vi');
  assert.equal(await page.locator('main').getAttribute('lang'), 'vi');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.match(await page.locator('main').innerText(), /\d,\d/);
  await page.evaluate(() => localStorage.clear());
});

test('a page that is not translated is English as a whole, and says so to who hears it', async () => {
  for (const code of ['my', 'pt']) {
    await choose(page, server, { language: code });
    await visit(page, server, '/');
    assert.equal(await page.evaluate(() => document.documentElement.lang), code);
    assert.equal(await page.locator('main').getAttribute('lang'), 'en');
    const [frame, content] = [await page.locator('nav#pages').innerText(), await page.locator('main').innerText()];
    assert.doesNotMatch(frame, /Overview/, `the frame in ${code}`);
    assert.doesNotMatch(content, /[\u1000-\u109f]|\d,\d\b(?!\d\d)/, `figures and buttons in the page in ${code}`);
    assert.match(content, /Brief/);
  }
  await takePicture(page, 'overview-untranslated-desk');
  await page.evaluate(() => localStorage.clear());
});

test('long words find room on a narrow phone', async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await readAs(page, server, 'PHL');
  for (const [code, path] of [['id', '/'], ['ta', '/'], ['th', '/chain/coastal-patrol-boat'], ['vi', '/chain/coastal-patrol-boat'], ['th', '/data/import']]) {
    await choose(page, server, { language: code });
    await visit(page, server, path);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 1, `${path} in ${code}`);
    for (const tab of await page.getByRole('tab').all()) {
      const box = await tab.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= 320, `a tab of ${path} in ${code} is cut off`);
    }
    if (!path.startsWith('/chain')) continue;
    const [title, zoom] = [await page.locator('.picture .title').boundingBox(), await page.locator('.picture .zoom').boundingBox()];
    const isApart = title.y + title.height <= zoom.y || title.x + title.width <= zoom.x;
    assert.ok(isApart, `the name of the picture lies under its buttons in ${code}`);
    await takePicture(page, `chain-narrow-${code}`);
  }
  await page.evaluate(() => localStorage.clear());
  await page.setViewportSize({ width: 1280, height: 900 });
  await readAs(page, server, 'everyone');
});

test('what is chosen can be told where the system has the colours', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  const differs = async (chosen, other, properties) => {
    const look = (locator) => locator.evaluate((element, names) => names.map((name) => getComputedStyle(element)[name]).join(), properties);
    assert.notEqual(await look(page.locator(chosen).first()), await look(page.locator(other).first()), chosen);
  };
  await visit(page, server, '/chain/coastal-patrol-boat');
  await differs('[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]', ['borderBottomColor']);
  await differs('#pages a[aria-current]', '#pages a:not([aria-current])', ['backgroundColor']);
  await visit(page, server, '/buying');
  await differs('main nav a[aria-current]', 'main nav a:not([aria-current])', ['borderBottomColor']);
  await visit(page, server, '/catalogue?type=product');
  await differs('.kinds [aria-pressed=true]', '.kinds [aria-pressed=false]', ['backgroundColor']);
  await takePicture(page, 'forced-colours');
  await page.emulateMedia({ forcedColors: 'none' });
});

test('shows another reader nothing of what is hidden: in the page, in answers, in what is kept', async () => {
  const other = await openBrowser();
  const answers = [];
  other.page.on('response', async (response) => {
    if (response.url().includes('/api/')) answers.push(await response.text().catch(() => ''));
  });
  await readAs(other.page, server, 'everyone');
  for (const path of ['/', '/catalogue?q=radio', '/catalogue?type=product', '/catalogue/BRN.patrol-1', '/catalogue/IDN.optics']) {
    await visit(other.page, server, path);
    // A product is released to the members alone, and so are the staff and the contact of a firm.
    const text = await other.page.evaluate(() => document.documentElement.outerHTML);
    assert.doesNotMatch(text, /patrol craft 28 m|office of sales/, path);
  }
  const kept = await other.page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await caches.keys()]));
  assert.doesNotMatch(kept, /patrol craft|office of sales/);
  assert.doesNotMatch(answers.join(), /patrol craft 28 m|office of sales/);
  await other.close();
  await readAs(page, server, 'MYS');
  await visit(page, server, '/catalogue/BRN.patrol-1');
  assert.match(await page.locator('main').innerText(), /patrol craft 28 m/, 'a member does see it');
});

test('does without scripts', async () => {
  const plain = await openBrowser({ javaScriptEnabled: false });
  await plain.page.goto(server.url('/'));
  await plain.page.getByRole('link', { name: /plain pages/ }).click();
  await plain.page.getByRole('link', { name: 'bottlenecks' }).waitFor();
  await plain.close();
});
