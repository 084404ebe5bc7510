// The planner writes, without any sheet: a need by the form, and in the room of a project what waits for its state: signs,
// answers, asks to join, approves. Each says who will see it before it is written, and can be taken back
// (peers-and-standards, 5.2: prepared in less than ten minutes, nothing shared by default, out to the national system).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let browser;
let page;
let presses = 0;
before(async () => {
  server = await startServer();
  browser = await openBrowser({ acceptDownloads: true });
  page = browser.page;
});
after(async () => {
  await browser.close();
  await server.stop();
});

const room = '/buying/projects/MYS.patrol-craft';
const button = (name) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name) => page.getByRole('link', { name, exact: typeof name === 'string' });
const next = () => page.locator('.next');

async function press(what) {
  presses += 1;
  await what.click();
}

async function fill(label, text) {
  presses += 1;
  await page.getByLabel(label, { exact: true }).fill(text);
}

async function asked(path, as) {
  const other = await openBrowser();
  await readAs(other.page, server, as);
  const answer = await other.page.context().request.get(server.url(path));
  const body = answer.status() === 200 ? await answer.json() : undefined;
  await other.close();
  return body;
}

/** How often something was pressed or filled in, and for how long, since `from`. */
function tell(what, from, most) {
  const seconds = (Date.now() - from) / 1000;
  console.log(`${what}: ${presses} presses and fields, ${seconds.toFixed(1)} s`);
  assert.ok(seconds < most, `${what} takes ${seconds} s`);
  presses = 0;
}

test('enters a need by the form, for its own state alone', async () => {
  await readAs(page, server, 'PHL');
  await visit(page, server, '/');
  const from = Date.now();
  await press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Buying together' }));
  await press(link('Enter a need'));
  await page.getByRole('heading', { name: 'New: Demand' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Only your state will see it/);
  await expectAccessible(page, 'a new record');
  await takePicture(page, 'data-new-need');
  await press(button('Save for your state alone'));
  await page.getByText('This cell must not be empty.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true', 'the first that is wrong has the focus');
  await fill('Item (needed)', 'harbour radar');
  await fill('Quantity', '4');
  await fill('From', '2028-01-01');
  await fill('Until', '2029-12-31');
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByText(/Your draft of .* is here again/).waitFor();
  assert.equal(await page.getByLabel('Item (needed)', { exact: true }).inputValue(), 'harbour radar', 'a draft survives a reload');
  await press(button('Save for your state alone'));
  await page.getByText('Saved, for your state alone.').waitFor();
  await page.getByRole('heading', { name: 'harbour radar' }).waitFor();
  tell('a need by the form', from, 600);
  assert.equal((await asked('/api/v1/records?q=radar', 'PHL')).total, 1);
  for (const as of ['MYS', 'everyone']) assert.equal((await asked('/api/v1/records?q=radar', as)).total, 0, as);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /radar/, 'what is saved is no draft any more');
});

test('says what the server refuses at the field that it is about', async () => {
  await visit(page, server, '/data/new?type=demand');
  await page.getByLabel('Item (needed)', { exact: true }).fill('radar mast');
  await page.getByLabel('NSN', { exact: true }).fill('12');
  await button('Save for your state alone').click();
  const wrong = page.locator('[aria-invalid="true"]');
  await wrong.waitFor();
  assert.equal(await wrong.inputValue(), '12');
  assert.equal((await asked('/api/v1/records?q=mast', 'PHL')).total, 0);
});

test('forgets a draft when another reader comes', async () => {
  assert.match(await page.evaluate(() => JSON.stringify({ ...sessionStorage })), /radar mast/);
  await readAs(page, server, 'VNM');
  await visit(page, server, '/');
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify({ ...sessionStorage })), /radar mast/);
});

test('sees on the first page what waits for its state, and signs by a button of the room', async () => {
  const from = Date.now();
  const strip = page.getByRole('link', { name: /things wait for you/ });
  await strip.waitFor();
  const box = await strip.boundingBox();
  assert.ok(box.y + box.height < 900, 'it stands on the first screen');
  await press(strip);
  const needs = page.getByRole('region', { name: 'What needs you' });
  await needs.getByRole('link', { name: 'Sign: Letter of intent on a common patrol craft' }).waitFor();
  const changed = await page.getByRole('region', { name: 'What changed' }).innerText();
  assert.match(changed, /now shown to you|new of your state/);
  assert.doesNotMatch(changed, /\bshown\s+\w{3}\b.*\n.*\bwritten\b/);
  await press(needs.getByRole('link', { name: 'Sign: Letter of intent on a common patrol craft' }));
  await page.getByRole('heading', { name: 'New: Signature' }).waitFor();
  await page.getByText('It will be seen, in full, by: Malaysia and Philippines.').waitFor();
  assert.equal(await page.getByLabel('Paper (needed)', { exact: true }).inputValue(), 'MYS.craft-intent');
  await expectAccessible(page, 'a signature on its way');
  await fill('Office', 'office for acquisition');
  await press(button('Save and show to 2 readers'));
  const question = page.getByRole('dialog');
  assert.match(await question.innerText(), /Malaysia and Philippines[\s\S]*MYS\.craft-intent/, 'the question lists who will see what');
  await expectAccessible(page, 'who will see a signature');
  await takePicture(page, 'room-sign-question');
  await press(question.getByRole('button', { name: 'Save and show to 2 readers' }));
  await page.getByRole('heading', { level: 1, name: 'Common patrol craft' }).waitFor();
  await page.getByText('Saved and shown to Malaysia and Philippines.').waitFor();
  tell('a signature, from the first page', from, 600);
  assert.doesNotMatch(await next().innerText(), /signature of Viet Nam/);
  const papers = await page.getByRole('region', { name: 'Papers and signatures' }).innerText();
  assert.match(papers, /Viet Nam[\s\S]*office for acquisition/);
  await takePicture(page, 'room-signed');
  const signed = (answer) => answer.papers[0].signatures.map((one) => one.state).includes('VNM');
  assert.ok(signed(await asked('/api/v1/projects/MYS.patrol-craft', 'PHL')), 'a member sees it');
  assert.ok(!signed(await asked('/api/v1/projects/MYS.patrol-craft', 'SGP')), 'nobody else does');
  await button('Undo').click();
  await page.getByText('It is taken back.').waitFor();
  await next().getByText(/signature of Viet Nam/).waitFor();
});

test('answers a line of the specification by a button', async () => {
  await visit(page, server, room);
  const from = Date.now();
  await press(next().getByRole('link', { name: 'Answer: engine' }));
  presses += 1;
  await page.getByLabel('Answer (needed)', { exact: true }).selectOption('accepts');
  await press(button('Save and show to 2 readers'));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Save and show to 2 readers' }));
  await page.getByRole('row', { name: /engine/ }).getByText('accepts').last().waitFor();
  tell('an answer to a line', from, 600);
});

test('asks to join, and is approved by the lead, who can take it back', async () => {
  await readAs(page, server, 'THA');
  await visit(page, server, room);
  await press(next().getByRole('link', { name: 'Ask to join' }));
  await page.getByText('It will be seen, in full, by: Malaysia, Philippines and Viet Nam.').waitFor();
  await fill('Quantity', '5');
  await press(button('Save and show to 3 readers'));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Save and show to 3 readers' }));
  await next().getByText(/Thailand joins/).waitFor();
  await readAs(page, server, 'MYS');
  await visit(page, server, room);
  await press(next().getByRole('link', { name: 'Approve Thailand' }));
  const question = page.getByRole('dialog', { name: 'Approve Thailand?' });
  await question.getByText(/Who sees the project’s record: ASEAN: in full/).waitFor();
  await expectAccessible(page, 'an approval');
  await press(question.getByRole('button', { name: 'Approve Thailand' }));
  await page.getByText('Thailand is a member.').waitFor();
  await page.getByRole('row', { name: /Thailand/ }).first().getByText('Member', { exact: true }).waitFor();
  await button('Undo').click();
  await page.getByText('Thailand is no longer approved.').waitFor();
  await next().getByRole('link', { name: 'Approve Thailand' }).waitFor();
});

test('leads: adds a frame agreement that all sign, and calls off under it', async () => {
  await visit(page, server, '/data/new?type=agreement&room=MYS.patrol-craft&project=MYS.patrol-craft&kind=frame+agreement&parties=MYS&name=Frame+on+craft');
  await page.getByLabel('Quantity', { exact: true }).fill('7');
  await button('Save and show to 2 readers').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save and show to 2 readers' }).click();
  await next().getByRole('link', { name: 'Sign: Frame on craft' }).click();
  await button('Save and show to 2 readers').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save and show to 2 readers' }).click();
  await next().getByRole('link', { name: 'Call off under Frame on craft' }).click();
  assert.equal(await page.getByLabel('Kind (needed)', { exact: true }).inputValue(), 'call-off');
  await page.getByLabel('Quantity', { exact: true }).fill('2');
  await button('Save and show to 2 readers').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save and show to 2 readers' }).click();
  await page.getByRole('region', { name: 'Papers and signatures' }).getByText('Call-off under Frame on craft').waitFor();
});

test('offers nobody of another room, and nothing to who does not write', async () => {
  await visit(page, server, '/data/new?type=demand&room=MYS.patrol-craft&item=radio');
  await page.getByText('Only your state will see it.').waitFor();
  await readAs(page, server, 'everyone');
  await visit(page, server, '/data/new?type=demand');
  assert.equal(await page.getByRole('heading', { name: 'New: Demand' }).count(), 0);
});

test('takes the room out as OCDS and CSV, in the words of the page', async () => {
  await readAs(page, server, 'PHL');
  await visit(page, server, room);
  const [file] = await Promise.all([page.waitForEvent('download'), link('OCDS file').click()]);
  assert.equal(file.suggestedFilename(), 'MYS.patrol-craft.ocds.json');
  const ocds = JSON.parse(readFileSync(await file.path(), 'utf8'));
  assert.equal(ocds.version, '1.1');
  assert.ok(ocds.releases.length > 0);
  const [tables] = await Promise.all([page.waitForEvent('download'), page.locator('header').getByRole('button', { name: 'CSV', exact: true }).click()]);
  const funnel = readFileSync(await tables.path(), 'utf8');
  assert.match(funnel, /Have received,no state,/);
  assert.doesNotMatch(funnel, /Have received,[^\n]*not known/);
  assert.deepEqual(browser.complaints, []);
});
