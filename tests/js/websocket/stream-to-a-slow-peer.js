// The rest of a message cannot be dropped: a peer that does not read is closed with 1013 whatever
// the policy, and other messages wait for the end of a message, and are dropped by the policy.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing } from '../../support/network.js';

for (const backpressure of ['close', 'drop-new', 'drop-old', 'coalesce']) {
  const { server, ws, client } = await behind({ backpressure, maxBackpressure: 2 ** 17 });
  const ends = [closing(client), closing(ws)];
  const part = new Uint8Array(2 ** 14);
  const writer = ws.stream();
  const writes = [];
  while (ws.readyState === WebSocket.OPEN && writes.length < 100) writes.push(writer.write(part));
  assert(writes.length < 100);
  const outcomes = Promise.allSettled(writes);
  client.resume();
  for (const { code } of await Promise.all(ends)) assert.strictEqual(code, 1013);
  assert((await outcomes).every(({ status, reason }) => status === 'fulfilled' || reason.code === 'ERR_WEBSOCKET_CLOSED'));
  assert.strictEqual((await outcomes).at(-1).status, 'rejected');
  await server.close();
}

const { server, ws, client } = await behind({ backpressure: 'drop-old', maxBackpressure: 2 ** 17 });
const heard = [];
client.addEventListener('message', ({ data }) => heard.push(data));
client.resume();
await ws.send('ready', { flushed: true });
while (heard.at(-1) !== 'ready') await new Promise((next) => client.addEventListener('message', next, { once: true }));
heard.length = 0;
const writer = ws.stream({ type: 'text' });
await writer.write('one message');
for (let number = 0; number < 1000; number++) assert(ws.send(`${number}`.padEnd(1000)) !== false);
assert(ws.droppedMessages > 0 && ws.bufferedAmount <= 2 ** 17);
await writer.close();
await ws.drained();
while (heard.at(-1)?.trim() !== '999') await new Promise((next) => client.addEventListener('message', next, { once: true }));
assert.strictEqual(heard.shift(), 'one message');
assert.strictEqual(heard.length, 1000 - ws.droppedMessages);
assert.deepStrictEqual(heard.map(Number), heard.map((_, at) => 1000 - heard.length + at));
await server.close();
