// The page of examples/signalling.js: a call between two real browsers, with cameras that Chromium
// makes up.
// timeout: 150

import assert from 'node:assert';
import { launch } from '../support/browser.mjs';
import { fitsAPhone, leave, restart, serve, visit } from '../support/page.mjs';
import { equal, run } from '../support/peer.mjs';

const browser = await launch(
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // There may be no other network.
  '--allow-loopback-in-peer-connection',
);

async function join(url, name) {
  const page = await visit(browser, `${url}#${name}`);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('Connected', { exact: true }).waitFor();
  return page;
}

// A picture that goes on comes from the other.
async function sees(page) {
  const time = () => document.getElementById('other').currentTime;
  await page.waitForFunction(() => document.getElementById('other').videoWidth > 0);
  const before = await page.evaluate(time);
  await page.waitForFunction((then) => document.getElementById('other').currentTime > then, before);
  await page.locator('#waiting').waitFor({ state: 'hidden' });
}

const waits = (page) => page.getByText('Waiting for somebody').waitFor();

async function twoSeeAndHearEachOther() {
  const { server, url } = await serve('signalling');
  const ada = await join(url, 'amber');
  await waits(ada);
  const bob = await join(url, 'amber');
  for (const page of [ada, bob]) {
    await sees(page);
    equal(await page.evaluate(() => {
      const kinds = document.getElementById('other').srcObject.getTracks().map(({ kind }) => kind);
      return kinds.sort();
    }), ['audio', 'video']);
  }

  // A camera that is off sends black.
  const isBlack = () => {
    const video = document.getElementById('other');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [8, 8];
    canvas.getContext('2d').drawImage(video, 0, 0, 8, 8);
    const { data } = canvas.getContext('2d').getImageData(0, 0, 8, 8);
    return data.every((value, at) => at % 4 === 3 || value < 24);
  };
  equal(await bob.evaluate(isBlack), false);
  await ada.getByRole('button', { name: 'Camera off' }).click();
  await bob.waitForFunction(isBlack);

  // Whoever leaves is gone at once, and another may come.
  await bob.getByRole('button', { name: 'Leave' }).click();
  await waits(ada);
  await bob.getByRole('button', { name: 'Join' }).waitFor();
  const eve = await join(url, 'amber');
  await sees(ada);
  await sees(eve);
  await leave(ada, bob, eve);
  await server.end();
}

async function aThirdIsTurnedAway() {
  const { server, url } = await serve('signalling');
  const ada = await join(url, 'amber');
  const bob = await join(url, 'amber');
  await sees(ada);
  const eve = await visit(browser, `${url}#amber`);
  await eve.getByRole('button', { name: 'Join' }).click();
  await eve.getByText('two are talking already').waitFor();
  await sees(bob);
  await leave(ada, bob, eve);
  await server.end();
}

async function aCallSurvivesItsServer() {
  const first = await serve('signalling');
  const ada = await join(first.url, 'amber');
  const bob = await join(first.url, 'amber');
  await sees(ada);
  await sees(bob);
  await ada.evaluate(() => {
    window.kept = document.getElementById('other').srcObject;
  });
  const { server } = await restart('signalling', first, ada);
  await bob.getByText('Connected', { exact: true }).waitFor();
  await sees(ada);
  await sees(bob);
  // It is the same call, and not a new one.
  assert(await ada.evaluate(() => window.kept === document.getElementById('other').srcObject));

  // A page that is loaded again is another one.
  await bob.reload();
  await bob.getByRole('button', { name: 'Join' }).click();
  await sees(bob);
  await sees(ada);
  assert(await ada.evaluate(() => window.kept !== document.getElementById('other').srcObject));
  await leave(ada, bob);
  await server.end();
}

async function aPhoneShowsAllOfIt() {
  const { server, url } = await serve('signalling');
  await fitsAPhone(browser, `${url}#${'long-name-'.repeat(4)}`, async (page) => {
    const { y, height } = await page.getByRole('button', { name: 'Leave' }).boundingBox();
    assert(y + height < 640, `${y + height}`);
  }, (page) => page.getByRole('button', { name: 'Join' }).click());
  await server.end();
}

await run(null, [
  twoSeeAndHearEachOther,
  aThirdIsTurnedAway,
  aCallSurvivesItsServer,
  aPhoneShowsAllOfIt,
], () => browser.close());
