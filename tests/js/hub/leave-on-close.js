// A WebSocket that closes leaves its rooms by itself, and `ws.rooms` still says which they were.

import assert from 'assert';
import { event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const told = [];
const { server, pairs: [a, b] } = await pairs(2, {
  websocket: {
    close(ws) {
      told.push(...ws.rooms.map((room) => [room, server.hub.size(room), ws.inRoom(room)]));
    },
  },
});
for (const room of ['x', 'y']) {
  a.ws.join(room);
  b.ws.join(room);
}
a.ws.join('mine');
const ended = event(a.ws, 'close');
a.client.close();
await ended;
await new Promise(setImmediate);
assert.deepStrictEqual(told.sort(), [['mine', 0, false], ['x', 1, false], ['y', 1, false]]);
assert.deepStrictEqual(a.ws.rooms.sort(), ['mine', 'x', 'y']);
assert.deepStrictEqual(server.hub.members('x'), [b.ws]);
assert.strictEqual(server.hub.has('mine'), false);
assert.deepStrictEqual(server.hub.rooms(a.ws), []);
await server.close();
