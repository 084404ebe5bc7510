// Every page in a script that is not Latin, with pictures for people to look at; and the fonts that a script brings.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { served } from './addresses.mjs';
import { choose, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

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
