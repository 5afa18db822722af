// A loop that falls behind pauses its socket and loses nothing; a pause of the script's own stays.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const accepted = [];
const { server, url } = await serve({ websocket: { open: (ws) => accepted.push(ws) } });
const ws = await open(url);
await ws.ping();

for (let index = 0; index < 1000; index++) accepted[0].send(`${index}`);
let next = 0;
for await (const data of ws) {
  assert.strictEqual(data, `${next}`);
  next += 1;
  if (next % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  if (next === 1000) break;
}

// Two steps that wait at the same time are served in order.
const iterator = ws[Symbol.asyncIterator]();
const steps = [iterator.next(), iterator.next()];
accepted[0].send('a');
accepted[0].send('b');
assert.deepStrictEqual((await Promise.all(steps)).map(({ value }) => value), ['a', 'b']);
ws.pause();
let came = false;
const third = iterator.next().then(({ value }) => {
  came = true;
  return value;
});
accepted[0].send('c');
await new Promise((resolve) => setTimeout(resolve, 1));
assert.strictEqual(came, false);
ws.resume();
assert.strictEqual(await third, 'c');
await iterator.return();
await server.close();
