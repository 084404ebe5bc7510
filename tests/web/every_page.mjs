// What the tests of all pages share: each page in a theme and three widths, with nothing that axe finds, nothing on the
// console and nothing wider than the screen; and pictures of it for people to look at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { served } from './addresses.mjs';
import { choose, expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

const widths = { phone: 390, tablet: 820, desk: 1440 };

async function lookAt(page, server, { name, path, as }, theme) {
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
}

/** One test for every address that is served, in one browser. */
export function testEveryPage(theme) {
  let server;
  let browser;
  before(async () => {
    server = await startServer();
    browser = await openBrowser({ colorScheme: theme });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  for (const address of served) {
    test(`${address.name} in ${theme}`, async () => {
      await lookAt(browser.page, server, address, theme);
      assert.deepEqual(browser.complaints.splice(0), []);
    });
  }
}
