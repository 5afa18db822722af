// A socket that joins a million rooms is stopped by the limit for sockets, and a hub by its own.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

function joinAll(hub, ws) {
  for (let number = 0; number < 1_000_000; number += 1) hub.join(ws, `room ${number}`);
}

const { server, pairs: [{ ws }] } = await pairs(1);
assert.throws(() => joinAll(server.hub, ws), {
  name: 'RangeError',
  message: "cannot join 'room 1000': the socket is in 1000 rooms already, as many as the hub's "
    + 'option maxRoomsPerSocket allows',
});
assert.strictEqual(server.hub.rooms().length, 1000);
assert.strictEqual(server.hub.publish('room 999', 'still works').sent, 1);

const hub = new Hub({ maxRoomsPerSocket: 10_000, maxRooms: 5000 });
ws.leave();
assert.throws(() => joinAll(hub, ws), {
  name: 'RangeError',
  message: "cannot join 'room 5000': the hub has 5000 rooms already, as many as its option maxRooms "
    + 'allows',
});
hub.leave(ws);
assert.deepStrictEqual(hub.rooms(), []);
await server.close();
