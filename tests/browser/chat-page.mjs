// The page of examples/chat-server.js in a real Chromium, by what a person sees and does.
// timeout: 120

import assert from 'node:assert';
import { launch } from '../support/browser.mjs';
import { equal, krandog, run } from '../support/peer.mjs';

const browser = await launch();

async function serve(port = 0) {
  const server = krandog('../examples/chat-server.js', [], { PORT: String(port) });
  const [url] = (await server.line()).match(/http:\S+/);
  return { server, url };
}

// Whoever opens the page has a browser of his own, with a memory of its own.
async function visitor(url, name, { called = name, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.faults = faults;
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Join the room' }).click();
  await isIn(page, called);
  return page;
}

const isIn = (page, name) => page.getByText(`You are in the room as ${name}`, { exact: true })
  .last().waitFor({ timeout: 20_000 });

async function say(page, text) {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
}

const message = (page, text) => page.getByRole('article').filter({ hasText: text });

async function hears(page, name, text) {
  const shown = message(page, text);
  await shown.waitFor();
  assert.match(await shown.innerText(), new RegExp(name));
}

async function leave(...pages) {
  for (const page of pages) {
    equal(page.faults, []);
    await page.context().close();
  }
}

async function twoUsersSeeEachOther() {
  const { server, url } = await serve();
  const ada = await visitor(url, 'Ada');
  const bob = await visitor(url, 'Bob');
  await ada.getByText('Bob joined').waitFor();
  equal(await ada.locator('#online li').count(), 2);

  await say(ada, 'Hello from Ada 🦝');
  await hears(bob, 'Ada', 'Hello from Ada 🦝');
  await hears(ada, 'You', 'Hello from Ada 🦝');
  await say(bob, 'Hello yourself');
  await hears(ada, 'Bob', 'Hello yourself');

  await bob.getByRole('button', { name: 'Change name' }).click();
  await bob.getByRole('textbox', { name: 'Your name' }).fill('Eve');
  await bob.getByRole('textbox', { name: 'Your name' }).press('Enter');
  await ada.getByText('Bob is now Eve').waitFor();

  await leave(bob);
  await ada.getByText('Eve left').waitFor();
  equal(await ada.locator('#online li').count(), 1);
  await leave(ada);
  await server.end();
}

async function whatPeopleTypeStaysText() {
  const { server, url } = await serve();
  const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script> &amp;';
  const ada = await visitor(url, 'Ada');
  const bob = await visitor(url, '<b onclick=alert(3)>Bob');
  await say(bob, attack);
  await hears(ada, '<b onclick', attack);
  equal(await ada.locator('#log img, #log script, #log b, #online b').count(), 0);
  await leave(ada, bob);
  await server.end();
}

async function whoComesLateSeesWhatWasSaid() {
  const { server, url } = await serve();
  const ada = await visitor(url, 'Ada');
  await say(ada, 'said before');
  await message(ada, 'said before').waitFor();
  const bob = await visitor(url, 'Bob');
  await hears(bob, 'Ada', 'said before');
  await leave(ada, bob);
  await server.end();
}

async function thePageComesBackWhenTheServerDoes() {
  const { server, url } = await serve();
  const ada = await visitor(url, 'Ada');
  await server.end();
  await ada.getByText('Connection lost').waitFor();
  const again = await serve(new URL(url).port);
  await ada.getByText('Connected', { exact: true }).waitFor({ timeout: 20_000 });
  // The name was remembered, so nobody is asked again.
  const bob = await visitor(again.url, 'Bob');
  await say(bob, 'welcome back');
  await hears(ada, 'Bob', 'welcome back');
  await leave(ada, bob);
  await again.server.end();
}

async function nobodyChangesPlacesWhenTheServerRestarts() {
  const { server, url } = await serve();
  const first = await visitor(url, 'Sam');
  const second = await visitor(url, 'Sam', { called: 'Sam 2' });
  await first.context().setOffline(true);
  await server.end();
  await first.getByText('Connection lost').waitFor();
  const again = await serve(new URL(url).port);
  await second.getByText('You are in the room as Sam 2').nth(1).waitFor({ timeout: 20_000 });
  await first.context().setOffline(false);
  await first.getByText('You are in the room as Sam', { exact: true }).nth(1)
    .waitFor({ timeout: 20_000 });

  // The second came first this time, and has the number of the connection that the first had.
  await say(second, 'who am I?');
  await hears(first, 'Sam 2', 'who am I?');
  await hears(second, 'You', 'who am I?');
  equal(await first.locator('#online .you').count(), 1);
  await second.getByRole('button', { name: 'Change name' }).click();
  await second.getByRole('textbox', { name: 'Your name' }).fill('Eve');
  await second.getByRole('textbox', { name: 'Your name' }).press('Enter');
  await first.getByText('Sam 2 is now Eve').waitFor();
  equal(await first.locator('#my-name').innerText(), 'Sam');
  await leave(first, second);
  await again.server.end();
}

async function nothingThatIsRefusedVanishes() {
  const { server, url } = await serve();
  const ada = await visitor(url, 'Ada');
  const texts = Array.from({ length: 12 }, (_, index) => `line ${index}.`);
  await ada.evaluate((all) => {
    const box = document.getElementById('text');
    for (const words of all) {
      box.value = words;
      document.getElementById('composer').requestSubmit();
    }
    box.value = 'not said yet';
  }, texts);
  await ada.getByText('Slow down').waitFor();
  const said = () => ada.locator('article .text').allInnerTexts();
  const written = async () => (await ada.locator('#text').inputValue()).split('\n');
  await ada.waitForFunction((count) => {
    const lines = document.getElementById('text').value.split('\n').length;
    return document.querySelectorAll('article').length + lines === count;
  }, texts.length + 1);
  equal([...await said(), ...await written()], [...texts, 'not said yet']);

  // What was wrong is over with the connection.
  await server.end();
  await ada.getByText('Connection lost').waitFor();
  const again = await serve(new URL(url).port);
  await ada.getByText('You are in the room as Ada').nth(1).waitFor({ timeout: 20_000 });
  equal(await ada.locator('#problem').innerText(), '');
  await leave(ada);
  await again.server.end();
}

async function aPhoneThatLosesTheConnectionKeepsItsRoom() {
  const { server, url } = await serve();
  const ada = await visitor(url, 'Ada', { viewport: { width: 360, height: 640 } });
  await ada.getByRole('button', { name: 'here' }).click();
  await ada.locator('#people').waitFor();
  await server.end();
  await ada.getByText('Connection lost').waitFor();
  equal(await ada.locator('#people').isVisible(), false);
  const height = (name) => ada.locator(name).evaluate((node) => node.getBoundingClientRect().height);
  assert(await height('header') < 96, `the header has ${await height('header')} pixels`);
  assert(await height('main') > 480, `main has ${await height('main')} of 640 pixels`);
  await leave(ada);
}

await run(null, [
  twoUsersSeeEachOther,
  whatPeopleTypeStaysText,
  whoComesLateSeesWhatWasSaid,
  thePageComesBackWhenTheServerDoes,
  nobodyChangesPlacesWhenTheServerRestarts,
  nothingThatIsRefusedVanishes,
  aPhoneThatLosesTheConnectionKeepsItsRoom,
], () => browser.close());
