// Messages that come too fast have to wait, in order and without loss, and the script's own pause is
// another matter.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const got = [];
const { promise: all, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { rateLimit: { messages: 10, per: 50, burst: 5 } },
}, ({ data }) => {
  got.push(Number(data));
  if (got.length === 20) resolve();
});
const client = await open(url);
const [ws] = server.clients;
for (let number = 0; number < 20; number += 1) client.send(String(number));
const start = performance.now();
await new Promise((done) => {
  const look = () => (got.length >= 6 ? done() : setImmediate(look));
  look();
});
// One more than may come at once has come, and is owed.
assert.strictEqual(got.length, 6);
ws.pause();
ws.resume();
await all;
assert.deepStrictEqual(got, Array.from({ length: 20 }, (_, number) => number));
// Fifteen of them at 5 ms each.
assert(performance.now() - start >= 60, `${performance.now() - start} ms`);
// A close goes through, whichever side begins.
for (let number = 0; number < 20; number += 1) client.send(String(number));
await event(ws, 'message');
ws.close(4000);
assert.strictEqual((await event(client, 'close')).code, 4000);
await server.close();
