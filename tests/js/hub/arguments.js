// Wrong arguments get an error that names them.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { createServer } from 'http';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws }] } = await pairs(1);
const { hub } = server;
const code = 'ERR_INVALID_ARG_TYPE';
for (const wrong of [undefined, null, 1, 'ws', {}, []]) {
  assert.throws(() => hub.join(wrong, 'room'), { code, message: /"ws" argument must be a WebSocket/ });
}
for (const wrong of [undefined, null, 1, {}, ['room']]) {
  assert.throws(() => hub.join(ws, wrong), { code, message: /"room" argument must be of type string/ });
  assert.throws(() => hub.publish(wrong, 'data'), { code, message: /"room" argument/ });
  assert.throws(() => ws.join(wrong), { code, message: /"room" argument/ });
}
assert.throws(() => hub.join(ws, ''), { code: 'ERR_INVALID_ARG_VALUE', message: /must not be empty/ });
assert.throws(() => hub.publish('room', 'data', { exept: ws }), /option exept.*except/s);
assert.throws(() => hub.publish('room', 'data', { except: {} }), {
  code, message: 'option except must be a WebSocket, the id of one, the name of a room, or an array of those, not an object',
});
assert.throws(() => hub.send('room', 'data'), { code, message: /"id" argument must be the id of a WebSocket/ });
assert.throws(() => new Hub({ maxRoom: 1 }), /maxRooms/);
assert.throws(() => new Hub({ maxRooms: 0 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => createServer({ hub: {} }), { code, message: 'option hub must be a Hub, not an object' });
assert.throws(() => Hub.prototype.join.call({}, ws, 'room'), /"this" must be of type Hub/);
assert.throws(() => Hub(), TypeError);
class Lobby extends Hub {
  #name = 'lobby';

  get name() { return this.#name; }
}
const lobby = new Lobby({ maxRooms: 1 });
assert.strictEqual(lobby.name, 'lobby');
assert.strictEqual(lobby.join(ws, 'one'), true);
await server.close();
