// Over TLS, bufferedAmount counts the bytes of messages as over plain connections: neither frames
// nor records, and a record that has gone in part counts as one that waits.

import assert from 'assert';
import { ask, event, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { open: resolve, message: (ws, data) => void ws.send(data), maxBackpressure: 2 ** 27 },
});
const client = await open(url, { tls: { ca }, maxPayload: 2 ** 25 });
const echoes = [];
client.addEventListener('message', ({ data }) => echoes.push(data.length));
client.send('x'.repeat(1000));
client.send('é'.repeat(10));
assert.strictEqual(client.bufferedAmount, 1020);
await event(client, 'drain');
assert.strictEqual(client.bufferedAmount, 0);
while (echoes.length < 2) await event(client, 'message');
assert.deepStrictEqual(echoes, [1000, 10]);
const ws = await accepted;

// More than sockets take. Whatever is in flight, what waits and what is there never exceed it.
client.pause();
const count = 64;
const chunk = new Uint8Array(2 ** 18);
let drains = 0;
ws.addEventListener('drain', () => (drains += 1));
for (let index = 0; index < count; index += 1) {
  ws.send(chunk);
}
await new Promise((next) => setTimeout(next, 20));
const waiting = ws.bufferedAmount;
assert(waiting > 0 && waiting < count * chunk.length, `${waiting} bytes wait`);
let received = 0;
client.addEventListener('message', ({ data }) => {
  if (data.length !== chunk.length) return;
  received += data.length;
  // The bytes that have come are not with the sender any more.
  assert(ws.bufferedAmount <= count * chunk.length - received + chunk.length);
});
const drained = event(ws, 'drain');
client.resume();
await drained;
assert.strictEqual(ws.bufferedAmount, 0);
while (received < count * chunk.length) await event(client, 'message');
assert.strictEqual(await ask(client, 'hello'), 'hello');
assert.strictEqual(drains, 1);
client.close();
await server.close();
