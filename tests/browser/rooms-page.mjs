// The page of examples/rooms-chat.js in a real Chromium: rooms, people, what was missed.
// timeout: 180

import { launch } from '../support/browser.mjs';
import { connected, fitsAPhone, leave, serve, visit } from '../support/page.mjs';
import { equal, run } from '../support/peer.mjs';

const browser = await launch();

async function introduce(page, name) {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('textbox', { name: 'Your name' }).press('Enter');
  await isHere(page, name);
}

async function visitor(url, name, options) {
  const page = await visit(browser, url, options);
  await introduce(page, name);
  return page;
}

const isHere = (page, name) => page.locator('#people li').filter({ hasText: name })
  .first().waitFor();
const message = (page, text) => page.getByRole('article').filter({ hasText: text });
const room = (page, name) => page.locator('#rooms button').filter({ hasText: name });

async function say(page, text) {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
}

async function enter(page, name) {
  await page.getByRole('textbox', { name: 'Another room' }).fill(name);
  await page.getByRole('textbox', { name: 'Another room' }).press('Enter');
  await page.getByRole('heading', { name: `# ${name}` }).waitFor();
}

async function peopleMeetInRooms() {
  const { server, url } = await serve('rooms-chat');
  const ada = await visitor(url, 'Ada');
  const bob = await visitor(url, 'Bob');
  await isHere(ada, 'Bob');
  await ada.getByText('Bob came').waitFor();
  await say(ada, 'in the lobby');
  await message(bob, 'in the lobby').waitFor();

  // Another room, in which only one of them is. The other sees that in the list.
  await enter(ada, 'games');
  await room(bob, 'games').filter({ hasText: '1' }).waitFor();
  await say(ada, 'in the games');
  await message(ada, 'in the games').waitFor();
  equal(await message(ada, 'in the lobby').count(), 0);
  equal(await message(bob, 'in the games').count(), 0);
  await say(bob, 'are you still there?');
  await room(ada, 'lobby').locator('.unread').filter({ hasText: '1' }).waitFor();
  await room(ada, 'lobby').click();
  await message(ada, 'are you still there?').waitFor();
  equal(await room(ada, 'lobby').locator('.unread').count(), 0);

  // Whoever comes late sees what was said.
  await room(bob, 'games').click();
  await message(bob, 'in the games').waitFor();
  await leave(ada, bob);
  await server.end();
}

async function whoChangesTheNameOrGoesIsNoticed() {
  const { server, url } = await serve('rooms-chat');
  const ada = await visitor(`${url}#games`, 'Ada');
  const bob = await visitor(`${url}#games`, 'Bob');
  await ada.getByText('Bob came').waitFor();
  await bob.getByRole('button', { name: 'Bob' }).click();
  await bob.getByRole('textbox', { name: 'Your name' }).fill('Eve');
  await bob.getByRole('textbox', { name: 'Your name' }).press('Enter');
  await ada.getByText('Bob is now Eve').waitFor();
  await bob.getByRole('button', { name: 'Leave' }).click();
  await bob.getByRole('heading', { name: '# lobby' }).waitFor();
  await room(bob, 'games').filter({ hasText: '1' }).waitFor();
  await leave(bob);
  await ada.getByText('Eve went').waitFor();
  await leave(ada);
  await server.end();
}

async function tabsAreOnePerson() {
  const { server, url } = await serve('rooms-chat');
  const ada = await visitor(url, 'Ada');
  const second = await ada.context().newPage();
  await second.goto(url);
  await isHere(second, 'Ada');
  const bob = await visitor(url, 'Bob');
  equal(await bob.locator('#people li').count(), 2);
  await second.close();
  // Loading the page again is no departure, and what was said is there again.
  await say(bob, 'before');
  await message(ada, 'before').waitFor();
  await ada.reload();
  await message(ada, 'before').waitFor();
  await isHere(ada, 'Bob');
  equal(await bob.getByText('Ada went').count(), 0);
  await leave(ada, bob);
  await server.end();
}

async function whatPeopleTypeStaysText() {
  const { server, url } = await serve('rooms-chat');
  const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script> &amp;';
  const ada = await visitor(url, 'Ada');
  const bob = await visitor(url, '<b onclick=alert(3)>Bob');
  await say(bob, attack);
  await message(ada, attack).waitFor();
  equal(await ada.locator('#log img, #log script, #log b, #people b').count(), 0);
  await leave(ada, bob);
  await server.end();
}

async function nothingIsMissedWhenAConnectionIsLost() {
  const { server, url } = await serve('rooms-chat');
  const ada = await visitor(url, 'Ada');
  // A socket that can be broken from here.
  const bob = await visit(browser, 'about:blank');
  await bob.addInitScript(() => {
    const Real = window.WebSocket;
    window.WebSocket = class extends Real {
      constructor(...given) {
        super(...given);
        window.last = this;
      }
    };
  });
  await bob.goto(url);
  await introduce(bob, 'Bob');
  await say(ada, 'one');
  await message(bob, 'one').waitFor();
  await bob.evaluate(() => window.last.close(4000));
  await bob.getByText('Connection lost').waitFor();
  await say(ada, 'two');
  await say(ada, 'three');
  await message(bob, 'three').waitFor();
  equal(await bob.locator('article .text').allInnerTexts(), ['one', 'two', 'three']);
  await leave(ada, bob);
  await server.end();
}

async function thePageComesBackWhenTheServerDoes() {
  const first = await serve('rooms-chat');
  const ada = await visitor(first.url, 'Ada');
  await enter(ada, 'games');
  await say(ada, 'before');
  await message(ada, 'before').waitFor();
  await first.server.end();
  await ada.getByText('Connection lost').waitFor();
  // What cannot be sent stays.
  await say(ada, 'not yet');
  await ada.getByText('You are not connected').waitFor();
  equal(await ada.getByRole('textbox', { name: 'Message' }).inputValue(), 'not yet');
  const { server, url } = await serve('rooms-chat', new URL(first.url).port);
  await connected(ada);
  await ada.getByText('may be missing').waitFor();
  const bob = await visitor(`${url}#games`, 'Bob');
  await say(bob, 'welcome back');
  await message(ada, 'welcome back').waitFor();
  await message(ada, 'before').waitFor();
  await leave(ada, bob);
  await server.end();
}

async function aRoomThatIsRefusedIsNotThere() {
  const { server, url } = await serve('rooms-chat');
  const ada = await visit(browser, `${url}#%`);
  await introduce(ada, 'Ada');
  for (let number = 2; number <= 10; number += 1) await enter(ada, `room-${number}`);
  await ada.getByRole('textbox', { name: 'Another room' }).fill('room-11');
  await ada.getByRole('textbox', { name: 'Another room' }).press('Enter');
  await ada.getByText('you are in 10 rooms').waitFor();
  await ada.getByRole('heading', { name: '# lobby' }).waitFor();
  equal(await room(ada, 'room-11').count(), 0);
  await say(ada, 'still here');
  await message(ada, 'still here').waitFor();

  const bob = await visit(browser, `${url}#<b>`);
  await bob.getByRole('textbox', { name: 'Your name' }).fill('Bob');
  await bob.getByRole('textbox', { name: 'Your name' }).press('Enter');
  await bob.getByText('a room is named with').waitFor();
  await isHere(bob, 'Bob');
  await leave(ada, bob);
  await server.end();
}

async function aPhoneShowsAllOfIt() {
  const { server, url } = await serve('rooms-chat');
  await fitsAPhone(browser, url, async (page) => {
    await introduce(page, 'x'.repeat(24));
    for (const name of ['games', 'y'.repeat(24)]) await enter(page, name);
    await say(page, 'z'.repeat(300));
    await message(page, 'zzz').last().waitFor();
  });
  await server.end();
}

await run(null, [
  peopleMeetInRooms,
  whoChangesTheNameOrGoesIsNoticed,
  tabsAreOnePerson,
  whatPeopleTypeStaysText,
  nothingIsMissedWhenAConnectionIsLost,
  thePageComesBackWhenTheServerDoes,
  aRoomThatIsRefusedIsNotThere,
  aPhoneShowsAllOfIt,
], () => browser.close());
