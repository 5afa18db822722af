// The page of examples/ticker.js in a real Chromium: prices that change.
// timeout: 120

import assert from 'node:assert';
import { launch } from '../support/browser.mjs';
import { connected, fitsAPhone, leave, restart, serve, visit } from '../support/page.mjs';
import { equal, run } from '../support/peer.mjs';

const browser = await launch();

const row = (page, symbol) => page.getByRole('listitem').filter({ hasText: symbol });
const price = (page, symbol) => row(page, symbol).locator('.price').innerText();

// The price of a symbol becomes another one.
async function changes(page, symbol) {
  const before = await price(page, symbol);
  await page.waitForFunction(([name, old]) => {
    const rows = Array.from(document.querySelectorAll('#prices li'));
    const { innerText } = rows.find((one) => one.innerText.includes(name)).querySelector('.price');
    return innerText !== old;
  }, [symbol, before]);
}

async function pricesChangeAndHaveLines() {
  const { server, url } = await serve('ticker', 0, { RATE: '200' });
  const page = await visit(browser, url);
  await row(page, 'ACORN').waitFor();
  equal(await page.getByRole('listitem').count(), 12);
  await changes(page, 'ACORN');
  await changes(page, 'LEAF');
  assert.match(await price(page, 'LEAF'), /^\d+\.\d\d$/);
  assert.match(await row(page, 'LEAF').locator('.change').innerText(), /^[+-]\d+\.\d\d %$/);
  await page.getByText('none left out').waitFor();
  // Something is drawn.
  await page.waitForFunction(() => [...document.querySelectorAll('canvas')].every((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length > 50;
  }));
  await leave(page);
  await server.end();
}

async function thePageComesBackWhenTheServerDoes() {
  const first = await serve('ticker', 0, { RATE: '200' });
  const page = await visit(browser, first.url);
  await connected(page);
  await changes(page, 'ACORN');
  const { server } = await restart('ticker', first, page);
  await changes(page, 'ACORN');
  equal(await page.getByRole('listitem').count(), 12);
  // The numbers of another server are no gaps.
  await page.getByText('none left out').waitFor();
  await leave(page);
  await server.end();
}

async function aPhoneShowsAllOfIt() {
  const { server, url } = await serve('ticker');
  await fitsAPhone(browser, url, (page) => row(page, 'JUNIPER').waitFor());
  await server.end();
}

await run(null, [
  pricesChangeAndHaveLines,
  thePageComesBackWhenTheServerDoes,
  aPhoneShowsAllOfIt,
], () => browser.close());
