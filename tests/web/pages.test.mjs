// Every page, in both themes: nothing that axe finds, nothing on the console, nothing wider than the screen; and pictures
// in three widths, two themes and two scripts, for people to look at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addresses, choose, expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

const widths = { phone: 390, tablet: 820, desk: 1440 };
const served = addresses.filter((address) => address.status === undefined);

for (const theme of ['light', 'dark']) {
  test(`in ${theme}`, async (t) => {
    const browser = await openBrowser({ colorScheme: theme });
    const { page, complaints } = browser;
    for (const { name, path, as } of served) {
      await t.test(name, async () => {
        await choose(page, server, { theme });
        await readAs(page, server, as);
        for (const [width, pixels] of Object.entries(widths)) {
          await page.setViewportSize({ width: pixels, height: 900 });
          await visit(page, server, path);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 1, `${name} is ${wide} px wider than a ${width}`);
          await takePicture(page, `${name}-${width}-${theme}-latin`);
        }
        await expectAccessible(page, `${name} in ${theme}`);
        assert.deepEqual(complaints.splice(0), []);
      });
    }
    await browser.close();
  });
}

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
