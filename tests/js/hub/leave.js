// Who has left a room hears no more of it. Without a room, `leave` leaves all.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(2);
const { hub } = server;
const [a, b] = all;
for (const { ws } of all) for (const room of ['x', 'y', 'z']) hub.join(ws, room);
assert.strictEqual(hub.leave(a.ws, 'x'), true);
assert.strictEqual(hub.leave(a.ws, 'x'), false);
assert.strictEqual(hub.leave(a.ws, 'elsewhere'), false);
hub.publish('x', 'x');
hub.publish('y', 'y');
assert.deepStrictEqual(hub.rooms(a.ws).sort(), ['y', 'z']);
assert.strictEqual(hub.leave(a.ws), true);
assert.strictEqual(hub.leave(a.ws), false);
hub.publish('y', 'late');
assert.deepStrictEqual(hub.rooms(a.ws), []);
assert.deepStrictEqual(hub.rooms().sort(), ['x', 'y', 'z']);
await settled(all);
assert.deepStrictEqual([a.heard, b.heard], [['y'], ['x', 'y', 'late']]);
await server.close();
