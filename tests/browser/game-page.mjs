// The page of examples/game-sync.js in a real Chromium.
// timeout: 120

import assert from 'node:assert';
import WebSocket from 'ws';
import { launch } from '../support/browser.mjs';
import { connected, fitsAPhone, leave, restart, serve, visit } from '../support/page.mjs';
import { run } from '../support/peer.mjs';

const browser = await launch();

// Somebody who only watches: calls `seen` with each state until it returns true.
function watch(url, seen) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${url.replace('http', 'ws')}play`);
    ws.on('error', reject);
    ws.on('message', (data) => {
      const message = JSON.parse(data);
      if (message.type !== 'state') return;
      if (!seen(new Map(message.players.map((one) => [one[0], one])))) return;
      ws.close();
      resolve();
    });
  });
}

const score = (page, name) => page.locator('#scores li').filter({ hasText: name });

async function keysAndFingersMoveAPlayer() {
  const { server, url } = await serve('game-sync');
  const page = await visit(browser, url, { hasTouch: true });
  await score(page, 'You').waitFor();
  await page.keyboard.down('ArrowLeft');
  await watch(url, (players) => players.get(1)[1] === 0);
  await page.keyboard.up('ArrowLeft');
  // It stands, so the mouse is to its right.
  const box = await page.locator('canvas').boundingBox();
  await page.mouse.move(box.x + box.width - 5, box.y + box.height / 2);
  await page.mouse.down();
  await watch(url, (players) => players.get(1)[1] > 100);
  await page.mouse.up();
  let last;
  await watch(url, (players) => {
    const here = String(players.get(1).slice(1, 3));
    const stands = here === last;
    last = here;
    return stands;
  });
  await leave(page);
  await server.end();
}

async function thePictureShowsWhatTheServerSays() {
  const { server, url } = await serve('game-sync');
  const ada = await visit(browser, url);
  const bob = await visit(browser, url);
  await score(bob, 'Player 1').waitFor();
  await score(ada, 'Player 2').waitFor();
  // Both go to the same corner, so each has the other in view.
  for (const page of [ada, bob]) {
    await page.keyboard.down('ArrowLeft');
    await page.keyboard.down('ArrowUp');
  }
  const inCorner = ([, x, y]) => x + y === 0;
  await watch(url, (players) => inCorner(players.get(1)) && inCorner(players.get(2)));
  await ada.keyboard.up('ArrowLeft');
  await ada.keyboard.down('ArrowRight');
  await watch(url, (players) => players.get(1)[1] > 100);
  await ada.keyboard.up('ArrowRight');
  // The colour of the first player, on the canvas of the second.
  await bob.waitForFunction(() => {
    const canvas = document.getElementById('field');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const probe = document.createElement('canvas').getContext('2d');
    probe.fillStyle = `hsl(${137} 60% 50%)`;
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === r && data[at + 1] === g && data[at + 2] === b) found += 1;
    }
    return found > 300;
  });
  await leave(ada, bob);
  await server.end();
}

async function thePageComesBackWhenTheServerDoes() {
  const first = await serve('game-sync');
  const page = await visit(browser, first.url);
  await connected(page);
  const { server, url } = await restart('game-sync', first, page);
  await page.keyboard.down('KeyD');
  await watch(url, (players) => players.get(1)?.[1] === 1600);
  await leave(page);
  await server.end();
}

async function aPhoneShowsAllOfIt() {
  const { server, url } = await serve('game-sync');
  await fitsAPhone(browser, url, async (page) => {
    await score(page, 'You').waitFor();
    const { width, height } = await page.locator('canvas').boundingBox();
    assert(width === 360 && height > 500, `${width} x ${height}`);
  });
  await server.end();
}

await run(null, [
  keysAndFingersMoveAPlayer,
  thePictureShowsWhatTheServerSays,
  thePageComesBackWhenTheServerDoes,
  aPhoneShowsAllOfIt,
], () => browser.close());
