// An outgoing WebSocket drains too, for a loop that sends as fast as its server reads.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
let received = 0;
const { server, url } = await serve({
  websocket: { open: accepted.resolve, message: (ws, data) => (received += data.length) },
});
const ws = await open(url);
const peer = await accepted.promise;
let drains = 0;
ws.addEventListener('drain', () => (drains += 1));

for (let round = 1; round <= 3; round++) {
  peer.pause();
  do {
    ws.send(new Uint8Array(2 ** 18));
    await new Promise((next) => setImmediate(next));
  } while (ws.bufferedAmount === 0);
  const drained = event(ws, 'drain');
  peer.resume();
  await drained;
  assert.deepStrictEqual([drains, ws.bufferedAmount], [round, 0]);
}
assert.strictEqual(received % 2 ** 18, 0);
await server.close();
