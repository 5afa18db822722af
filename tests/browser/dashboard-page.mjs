// The page of examples/dashboard.js in a real Chromium: charts of what is posted.
// timeout: 120

import assert from 'node:assert';
import { launch } from '../support/browser.mjs';
import { connected, fitsAPhone, leave, restart, serve, visit } from '../support/page.mjs';
import { equal, run } from '../support/peer.mjs';

const browser = await launch();

async function post(url, source, values) {
  const body = JSON.stringify(values);
  const { status } = await fetch(`${url}telemetry/${source}`, { method: 'POST', body });
  equal(status, 204);
}

const card = (page, name) => page.getByRole('article')
  .filter({ has: page.getByText(name, { exact: true }) });
const shows = (page, name, value) => card(page, name).locator('.value')
  .filter({ hasText: value }).waitFor();

async function whatIsPostedIsDrawn() {
  const { server, url } = await serve('dashboard');
  const page = await visit(browser, url);
  await post(url, 'kitchen', { temperature: 20, humidity: 1234567 });
  await shows(page, 'temperature', '20');
  await shows(page, 'humidity', '1.23e+6');
  await page.getByRole('heading', { name: 'kitchen' }).waitFor();
  await page.waitForTimeout(150); // A source may not send more often.
  await post(url, 'kitchen', { temperature: 24 });
  await shows(page, 'temperature', '24');
  await card(page, 'temperature').getByText('20 to 24').waitFor();

  // The line goes from the lower value up to the higher one, both inside of the chart.
  const path = await card(page, 'temperature').locator('.line').getAttribute('d');
  const points = path.slice(1).split('L').map((point) => point.split(' ').map(Number));
  equal(points.length, 2);
  assert(points[0][1] > points[1][1] && points[0][0] < points[1][0], path);
  for (const [x, y] of points) assert(x >= 0 && x <= 300 && y >= 0 && y <= 100, path);

  // Under the pointer is the value of that time.
  const { x, y, width, height } = await card(page, 'temperature').locator('.chart').boundingBox();
  await page.mouse.move(x + width / 10, y + height / 2);
  await shows(page, 'temperature', /^20/);
  await page.mouse.move(0, 0);
  await shows(page, 'temperature', '24');
  await leave(page);
  await server.end();
}

async function whoComesLateSeesWhatWas() {
  const { server, url } = await serve('dashboard');
  await post(url, 'kitchen', { temperature: 20 });
  const page = await visit(browser, url);
  await shows(page, 'temperature', '20');
  await page.getByRole('button', { name: '5 min' }).click();
  await card(page, 'temperature').getByText('5 min ago').waitFor();
  await leave(page);
  await server.end();
}

async function thePageComesBackWhenTheServerDoes() {
  const first = await serve('dashboard');
  const page = await visit(browser, first.url);
  await connected(page);
  await post(first.url, 'kitchen', { temperature: 20 });
  await shows(page, 'temperature', '20');
  const { server, url } = await restart('dashboard', first, page);
  await post(url, 'cellar', { cold: 7 });
  await shows(page, 'cold', '7');
  // What the server has forgotten is not mixed with what is new.
  equal(await card(page, 'temperature').count(), 0);
  await leave(page);
  await server.end();
}

async function aPhoneShowsAllOfIt() {
  const { server, url } = await serve('dashboard');
  await post(url, 'x'.repeat(32), { ['y'.repeat(32)]: -123456789 });
  await fitsAPhone(browser, url, (page) => shows(page, 'y'.repeat(32), '-1.23e+8'));
  await server.end();
}

await run(null, [
  whatIsPostedIsDrawn,
  whoComesLateSeesWhatWas,
  thePageComesBackWhenTheServerDoes,
  aPhoneShowsAllOfIt,
], () => browser.close());
