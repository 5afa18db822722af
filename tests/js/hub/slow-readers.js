// Of a room of 1 000, those that do not read are closed with 1013, and all others hear everything.
// timeout: 120

import assert from 'assert';
import { closing, wait } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(1000, { websocket: { maxBackpressure: 2 ** 17, pingInterval: 0 } });
const [slow, others] = [all.slice(0, 10), all.slice(10)];
for (const { ws } of all) ws.join('room');
for (const { client } of slow) client.pause();
const ends = slow.map(({ ws }) => closing(ws));

// What the kernel holds for them: it takes more for a while after it has refused some.
for (const { ws } of slow) {
  for (let refused = 0; refused < 5; refused += ws.bufferedAmount > 0 ? 1 : 0) {
    if (ws.bufferedAmount < 2 ** 14) ws.send('x'.repeat(2 ** 16));
    await wait(1);
  }
}

const everybodyHears = (rounds) => Promise.all(others.map(({ client, heard }) => {
  if (heard.length === rounds) return undefined;
  return new Promise((resolve) => client.addEventListener('message', resolve, { once: true }));
}));
const chunk = 'x'.repeat(2 ** 13);
let [rounds, dropped] = [0, 0];
while (server.hub.size('room') > others.length) {
  dropped += server.hub.publish('room', chunk).dropped;
  rounds += 1;
  await everybodyHears(rounds);
  assert(rounds < 50, 'they took everything');
}
assert.strictEqual(dropped, 10);
for (const { code } of await Promise.all(ends)) assert.strictEqual(code, 1013);
assert(others.every(({ ws, heard }) => ws.readyState === WebSocket.OPEN && heard.length === rounds));
for (const { client } of slow) client.terminate();
await server.close();
