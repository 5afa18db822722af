// What the tests of the examples' pages share: the example, and whoever opens its page.

import { equal, krandog } from './peer.mjs';

/** Starts an example, on a free port unless one is given. */
export async function serve(example, port = 0, env = {}) {
  const server = krandog(`../examples/${example}.js`, [], { PORT: String(port), ...env });
  const [url] = (await server.line()).match(/http:\S+/);
  return { server, url };
}

/** A page in a browser of its own, with a memory of its own, that keeps its faults. */
export async function visit(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  // The browser itself says that a server is gone, which is what some tests are about.
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/ERR_|WebSocket/.test(text)) page.faults.push(text);
  });
  page.on('dialog', (dialog) => {
    page.faults.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(url);
  return page;
}

export const connected = (page) => page.getByText('Connected', { exact: true }).waitFor();

/** Ends the server, waits until the page has noticed, and starts the server at the same place. */
export async function restart(example, { server, url }, page) {
  await server.end();
  await page.getByText('Connection lost').waitFor();
  const again = await serve(example, new URL(url).port);
  await connected(page);
  return again;
}

/** On a phone, in light and dark: nothing sticks out to the side. `enter` does what connects it. */
export async function fitsAPhone(browser, url, look = () => {}, enter = () => {}) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await visit(browser, url, { viewport: { width: 360, height: 640 }, colorScheme });
    await enter(page);
    await connected(page);
    await look(page);
    equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await leave(page);
  }
}

export async function leave(...pages) {
  for (const page of pages) {
    equal(page.faults, []);
    await page.context().close();
  }
}
