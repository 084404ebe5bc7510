// Every page that offers a brief prints on two sheets of A4 at most, with the day, the reader and the address under it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { served } from './addresses.mjs';
import { artefacts, choose, openBrowser, readAs, startServer, visit } from './harness.mjs';

let server;
let browser;
const folder = join(artefacts, 'briefs');
const margin = { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' };
const mostSheets = 2;
/** Where nothing has been chosen or nobody has come in, there is nothing to print. */
const without = ['chain', 'data-nobody'];
/** A question stands before the page until it is answered. */
const asks = ['buying-room-approve'];

before(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startServer();
  browser = await openBrowser();
  // What the button asks of the browser, without its window.
  await browser.page.addInitScript(() => {
    globalThis.print = () => (document.documentElement.dataset.printed = 'yes');
  });
  await choose(browser.page, server);
});
after(async () => {
  await browser.close();
  await server.stop();
});

/** Sheets of a PDF: objects of the type Page, which the root of their tree, Pages, is not. */
const sheetsOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;

for (const { name, path, as } of served.filter((address) => !asks.includes(address.name))) {
  test(name, async () => {
    const { page } = browser;
    await readAs(page, server, as);
    await visit(page, server, path);
    const button = page.getByRole('button', { name: 'Brief' });
    assert.equal((await button.count()) === 0, without.includes(name), 'whether it offers a brief');
    if (without.includes(name)) return;
    await button.first().click();
    await page.locator('html[data-printed]').waitFor({ state: 'attached' });
    const pdf = await page.pdf({ format: 'A4', margin });
    writeFileSync(join(folder, `${name}.pdf`), pdf);
    const sheets = sheetsOf(pdf);
    assert.ok(sheets >= 1 && sheets <= mostSheets, `${name} prints on ${sheets} sheets`);
    await page.emulateMedia({ media: 'print' });
    assert.match(await page.locator('footer.print-only').innerText(), /127\.0\.0\.1/);
    await page.emulateMedia({ media: null });
  });
}
