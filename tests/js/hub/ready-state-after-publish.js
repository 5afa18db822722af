// `readyState` tells at once that a publish has given up a peer that reads too slowly.

import assert from 'assert';
import { event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [slow] } = await pairs(1);
slow.client.pause();
slow.ws.join('room');
assert.strictEqual(slow.ws.readyState, WebSocket.OPEN);
await new Promise(setImmediate);
const ended = event(slow.ws, 'close');
let dropped = 0;
while (dropped === 0) {
  assert.strictEqual(slow.ws.readyState, WebSocket.OPEN);
  ({ dropped } = server.hub.publish('room', 'x'.repeat(4_000_000)));
}
assert.notStrictEqual(slow.ws.readyState, WebSocket.OPEN);
slow.client.terminate();
await ended;
await server.close();
