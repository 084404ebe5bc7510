// Every page in a script that is not Latin, with pictures for people to look at; that nothing of the program's own is left
// in English on pages that people meet first; and the fonts that a script brings.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { served } from './addresses.mjs';
import { choose, openBrowser, readAs, root, startServer, takePicture, visit } from './harness.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

test('in another script', async () => {
  const browser = await openBrowser();
  for (const { name, path, as } of served) {
    await choose(browser.page, server, { language: 'th' });
    await readAs(browser.page, server, as);
    await visit(browser.page, server, path);
    assert.equal(await browser.page.evaluate(() => document.documentElement.lang), 'th');
    await takePicture(browser.page, `${name}-desk-light-thai`);
  }
  assert.deepEqual(browser.complaints, []);
  await browser.close();
});

const thai = JSON.parse(readFileSync(join(root, 'web/src/messages/th/profile.json'), 'utf8'));

/** What stands on the page in English, but for what records say: two words of it, in a row. */
async function leftInEnglish(page) {
  const values = await page.evaluate(async () => {
    const { records } = await (await fetch('/api/v1/records?limit=500')).json();
    const texts = (value) => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []);
    return [...new Set(records.flatMap(texts).flatMap((text) => text.split(', ')))];
  });
  values.sort((a, b) => b.length - a.length);
  const texts = await page.evaluate(() => {
    for (const part of document.querySelectorAll('main details')) part.open = true;
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      // Titles of lists of codes are English, and say so.
      if (!walker.currentNode.parentElement.closest('.product li [lang="en"]')) found.push(walker.currentNode.textContent.replace(/\s+/g, ' ').trim());
    }
    return found;
  });
  return texts.filter((text) => /[A-Za-z]{2,} [a-z]{2,}/.test(values.reduce((rest, value) => (value.length > 3 ? rest.replaceAll(value, ' · ') : rest), text)));
}

const first = ['catalogue', 'catalogue-products', 'catalogue-firm', 'catalogue-product', 'catalogue-compare', 'buying-room', 'buying-pool-item', 'data-record', 'shock'];
for (const { name, path, as } of served.filter((address) => first.includes(address.name))) {
  test(`nothing is left in English: ${name}`, async (t) => {
    const browser = await openBrowser();
    t.after(browser.close);
    await choose(browser.page, server, { language: 'th' });
    await readAs(browser.page, server, as);
    await visit(browser.page, server, path);
    assert.deepEqual(await leftInEnglish(browser.page), []);
  });
}

test('nothing is left in English: each step of a profile, on a phone', async (t) => {
  const browser = await openBrowser({ viewport: { width: 390, height: 844 } });
  t.after(browser.close);
  const { page } = browser;
  await choose(page, server, { language: 'th' });
  await readAs(page, server, 'MYS');
  await visit(page, server, '/profile');
  const form = page.locator('form.profile');
  const next = () => form.locator('button[type="submit"]').click();
  assert.deepEqual(await leftInEnglish(page), []);
  await form.locator('input[autocomplete="organization"]').fill('Kelang');
  await next();
  await form.locator('textarea').last().fill('Kelang');
  assert.deepEqual(await leftInEnglish(page), []);
  await next();
  await form.getByRole('button', { name: thai['product.add'] }).click();
  await form.locator('fieldset.product select').first().selectOption('vhf-radio');
  await form.locator('fieldset.product details').first().waitFor();
  assert.deepEqual(await leftInEnglish(page), []);
  await takePicture(page, 'profile-product-phone-light-thai');
});

test('a letter of a script brings its font, and only its own', async () => {
  const browser = await openBrowser();
  await visit(browser.page, server, '/');
  const loaded = await browser.page.evaluate(async () => {
    const fonts = () => performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.endsWith('.woff2'));
    const before = fonts();
    const word = document.createElement('p');
    word.textContent = 'សួស្តី';
    document.querySelector('main').append(word);
    await document.fonts.load('16px "Noto Sans Khmer"', 'ស');
    await document.fonts.ready;
    return { before, after: fonts() };
  });
  assert.ok(!loaded.before.some((name) => /khmer|myanmar|thai-thai|tamil|lao/.test(name)), loaded.before.join());
  assert.ok(loaded.after.some((name) => name.includes('noto-sans-khmer')), loaded.after.join());
  await browser.close();
});
