// ws.join, leave, inRoom, rooms and publish are those of the hub of its server.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const [a, b, c] = all.map(({ ws }) => ws);
assert.deepStrictEqual(a.rooms, []);
assert.strictEqual(a.join('room'), true);
assert.strictEqual(a.join('room'), false);
b.join('room');
c.join('room');
assert.strictEqual(server.hub.size('room'), 3);
assert.deepStrictEqual([a.inRoom('room'), a.inRoom('other')], [true, false]);
assert.deepStrictEqual(a.publish('room', 'to the others'), { sent: 2, dropped: 0, forwarded: false });
assert.strictEqual(a.publish('room', 'to c', { except: b }).sent, 1);
assert.strictEqual(b.leave('room'), true);
assert.strictEqual(b.leave('room'), false);
assert.deepStrictEqual([a.rooms, b.rooms], [['room'], []]);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.length), [0, 1, 2]);
await server.close();
assert.deepStrictEqual([a.join('x'), a.leave('room'), a.inRoom('room')], [false, false, false]);
assert.deepStrictEqual(a.publish('room', 'x'), { sent: 0, dropped: 0, forwarded: false });
assert.throws(() => WebSocket.prototype.join.call({}, 'room'), TypeError);
