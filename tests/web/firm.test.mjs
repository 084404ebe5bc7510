// The local firm: a profile from a paragraph of its own words, on a phone, without a share by accident; then found
// by a buyer of another state with the reason, and verified by its own state.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectAccessible, openBrowser, readAs, startServer, takePicture, visit } from './harness.mjs';

let server;
let phone;
before(async () => {
  server = await startServer();
  phone = await openBrowser({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
});
after(async () => {
  await phone.close();
  await server.stop();
});

const heading = (page, name) => page.getByRole('heading', { name });

test('a firm is in the directory after four steps on a phone', async () => {
  const { page } = phone;
  await readAs(page, server, 'VNM');
  const started = Date.now();
  let presses = 0;
  const press = async (name) => {
    presses += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };
  await visit(page, server, '/profile');
  await press('Go on');
  assert.match(await page.locator('.error').first().innerText(), /Enter the name/, 'says what would be right');
  await page.getByLabel('Name of the firm').fill('Can Tho Hull Works');
  await page.getByLabel('Company number').fill('1801234567');
  await page.getByLabel('Town').fill('Can Tho, Viet Nam');
  await page.getByLabel('Contact').fill('sales office, by letter');
  await page.getByLabel('Repairer').check();
  await press('Go on');
  await heading(page, /What you do/).waitFor();
  await page.getByLabel(/In your own words/).fill('We weld aluminium hulls up to 30 m, and repair patrol vessels. We also build survey drones.');
  await press('Suggest from my words');
  assert.match(await page.getByLabel('What it can do').inputValue(), /weld aluminium hulls up to 30 m/);
  await expectAccessible(page, 'profile, second step');
  await press('Go on');
  await heading(page, /What you offer/).waitFor();
  await takePicture(page, 'profile-offers-phone-light-latin');
  // What was suggested is taken or removed: nothing is written that nobody has looked at.
  for (let count = await page.getByRole('button', { name: 'Remove' }).count(); count > 1; count -= 1) {
    await page.getByRole('button', { name: 'Remove' }).last().click();
  }
  // By what a thing is, not by whom it is for; what is suggested first is said.
  await page.getByLabel('Class', { exact: true }).selectOption('');
  for (const [name, codes] of [['Combat boots', ['Use 640391', 'Use 8430']], ['Kasut but tentera', ['Use 640391', 'Use 8430']], ['Kapal peronda', ['Use 890690', 'Use 1925']]]) {
    await page.getByLabel('Name of the product').fill(name);
    for (const code of codes) await page.getByRole('button', { name: code }).waitFor();
    assert.equal(await page.getByRole('button', { name: /Use (1905|1410|2350)/ }).count(), 0, name);
  }
  await page.getByLabel('Name of the product').fill('Harbour patrol vessel 12 m');
  await page.getByLabel('Class', { exact: true }).selectOption('patrol-vessel');
  await press('Use 1925');
  assert.equal(await page.getByLabel('Supply class (FSC)').inputValue(), '1925', 'a supply class is suggested in words');
  await page.getByLabel('Price of one').fill('250000');
  await page.getByLabel('Lead time').fill('180');
  await press('Go on');
  for (const field of await page.locator('[aria-invalid="true"]').all()) {
    const label = await field.evaluate((element) => element.labels[0].textContent);
    const said = { Length: '12', Speed: '25', Hull: 'aluminium', Crew: '4' };
    const value = Object.entries(said).find(([word]) => label.includes(word))?.[1] ?? '10';
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ index: 1 });
    else await field.fill(value);
  }
  if ((await heading(page, /What you offer/).count()) > 0) await press('Go on');
  await heading(page, /Who may see it/).waitFor();
  assert.ok(await page.getByRole('radio', { name: /^Only your own state/ }).isChecked(), 'nothing is shared by default');
  await takePicture(page, 'profile-audience-phone-light-latin');
  await expectAccessible(page, 'profile, last step');
  await page.getByRole('radio', { name: /^The member states/ }).check();
  await press('Show it to the member states');
  await heading(page, 'Can Tho Hull Works is in the directory').waitFor();
  console.log(`the profile: ${presses} presses of a button, ${Math.round((Date.now() - started) / 1000)} s by a program`);
  assert.ok(presses < 12);
});

test('it is shown the needs that it may meet, and what it lacks to qualify', async () => {
  const desk = await openBrowser();
  const { page } = desk;
  await readAs(page, server, 'IDN');
  await visit(page, server, '/catalogue/IDN.optics');
  const needs = page.getByRole('region', { name: 'Needs that may fit' });
  await needs.getByRole('link', { name: 'binoculars 7 x 50' }).first().waitFor();
  assert.match(await needs.innerText(), /has binoculars[\s\S]*ordered today, ready on/);
  await visit(page, server, '/catalogue/BRN.patrol-1');
  await needs.getByRole('link', { name: 'coastal patrol vessel 28 m' }).waitFor();
  const said = await needs.innerText();
  assert.match(said, /same HS heading, 8906/);
  assert.match(said, /no certificate for ISO 12215-5 and COLREG 1972 is recorded/);
  assert.match(said, /same supply class \(FSC\), 1925[\s\S]*the same: Length overall: 28 m/);
  const like = page.getByRole('region', { name: 'Products like it' });
  await like.getByRole('link', { name: 'patrol craft 28 m' }).waitFor();
  assert.match(await like.innerText(), /same class of items: Patrol vessel[\s\S]*the same: Length overall: 28 m[\s\S]*differs: Displacement/);
  assert.doesNotMatch(said, /up to USD|at most USD/, 'a price that is shown as a band is compared with nothing');
  await desk.close();
});

test('a record is read in names, days and numbers of the reader', async () => {
  const desk = await openBrowser();
  const { page } = desk;
  await readAs(page, server, 'MYS');
  await visit(page, server, '/catalogue/BRN.patrol-1');
  await page.getByRole('link', { name: 'Brunei Shipyard' }).waitFor();
  const known = await page.getByRole('region', { name: 'What is known' }).innerText();
  assert.match(known, /Maker\s+Brunei Shipyard BRN\.shipyard/, 'what it names has a name');
  assert.match(known, /Price breaks\s+number of them: 2 to 4/, 'how many there are is no price');
  assert.match(await page.locator('.lead').innerText(), /Product\s/, 'one of them');
  await visit(page, server, '/catalogue/PHL.need-1');
  assert.match(await page.getByRole('region', { name: 'What is known' }).innerText(), /From\s+1 Jan 2027\s+Until\s+31 Dec 2029/);
  await visit(page, server, '/catalogue/SGP.lens-blanks');
  assert.match(await page.locator('.lead').innerText(), /^Japan\s+recorded by Singapore\s+Supplier outside/, 'the state of the supplier, then whose record it is');
  await visit(page, server, '/catalogue?type=third-party-supplier');
  assert.match(await page.locator('.results li').first().innerText(), /Germany\s+recorded by Singapore\s+Supplier outside/);
  assert.equal(await page.getByText('Nearly: what lacks one thing').count(), 0, 'nothing is near where no words were searched');
  assert.deepEqual(desk.complaints, []);
  await desk.close();
});

test('a buyer of another state finds it, with the reason, and sees the price as a band', async () => {
  const desk = await openBrowser();
  const { page } = desk;
  await readAs(page, server, 'IDN');
  await visit(page, server, '/catalogue?q=hulls+weld');
  await page.getByRole('link', { name: 'Can Tho Hull Works' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Found by[\s\S]*What it can do: .*(weld|hulls)/);
  await visit(page, server, '/catalogue?q=harbour+patrol');
  const text = await page.locator('main').innerText();
  assert.match(text, /rounded by its owner/);
  assert.doesNotMatch(text, /250,000 USD|USD 250,000(?! )/);
  await visit(page, server, '/catalogue?q=harbour+submarine');
  await page.getByText('Without the word “submarine”').waitFor();
  await readAs(page, server, 'everyone');
  await visit(page, server, '/catalogue?q=hulls+weld');
  assert.doesNotMatch(await page.locator('main').innerText(), /Can Tho/);
  await desk.close();
});

test('its state vouches for it, and takes that back', async () => {
  const desk = await openBrowser();
  const { page } = desk;
  await readAs(page, server, 'VNM');
  await visit(page, server, '/catalogue?q=hulls+weld');
  await page.getByRole('link', { name: 'Can Tho Hull Works' }).click();
  await page.getByText('Not verified yet').waitFor();
  await page.getByRole('button', { name: 'Vouch for it' }).click();
  await page.getByText('Verified by Viet Nam').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Not verified yet').waitFor();
  await desk.close();
});

test('a profile is taken back as a whole', async () => {
  const { page } = phone;
  await readAs(page, server, 'THA');
  await visit(page, server, '/profile');
  await page.getByLabel('Name of the firm').fill('Short Lived Works');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('What it can do').fill('casts bronze');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Save it for my state alone' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back').waitFor();
  await visit(page, server, '/catalogue?q=bronze');
  assert.doesNotMatch(await page.locator('main').innerText(), /Short Lived Works/);
});
