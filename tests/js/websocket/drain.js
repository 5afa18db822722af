// When all that waited for a slow peer is written, there is a drain event and the drain hook is
// called, once.

import assert from 'assert';
import { ask, event, open, serve } from '../../support/network.js';

const drained = [];
const accepted = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    open: accepted.resolve,
    message: (ws, data) => ws.send(data),
    drain: (ws) => drained.push([ws, ws.bufferedAmount]),
    maxBackpressure: 2 ** 26,
  },
});
const client = await open(url);
const ws = await accepted.promise;
const seen = [];
ws.ondrain = ({ type, target }) => seen.push([type, target, ws.bufferedAmount]);

// What the kernel takes at once does not wait.
assert.strictEqual(await ask(client, 'hello'), 'hello');
assert.deepStrictEqual([seen, drained], [[], []]);

client.pause();
const chunk = new Uint8Array(2 ** 18);
let sent = 0;
do {
  assert(ws.send(chunk) >= chunk.length);
  sent += 1;
  await new Promise((next) => setImmediate(next));
} while (ws.bufferedAmount === 0);
assert.deepStrictEqual([seen, drained], [[], []]);

let received = 0;
client.addEventListener('message', () => (received += 1));
const heard = event(ws, 'drain');
client.resume();
await heard;
assert.deepStrictEqual(seen, [['drain', ws, 0]]);
// The hook comes in the same turn as the event.
await new Promise((next) => setImmediate(next));
assert.deepStrictEqual(drained, [[ws, 0]]);

while (received < sent) await event(client, 'message');
assert.strictEqual(await ask(client, 'hello'), 'hello');
assert.deepStrictEqual([seen.length, drained.length], [1, 1]);
await server.close();
