// A socket may become another user. Listeners find everybody in place, whatever they do then.

import assert from 'assert';
import { Presence } from 'krandog:presence';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws: a }, { ws: b }] } = await pairs(2);
const presence = new Presence(server.hub, { maxMembers: 2 });
const ids = () => presence.members('r').map(({ id }) => id).sort();
presence.join(a, 'r', 'A');
presence.join(b, 'r', 'B');

// One that leaves makes room for the other.
assert.strictEqual(presence.join(a, 'r', 'C'), true);
assert.deepStrictEqual([ids(), presence.rooms(a)], [['B', 'C'], ['r']]);
presence.join(b, 'r', 'C');
assert.deepStrictEqual([ids(), presence.get('r', 'C').sockets], [['C'], 2]);
presence.join(b, 'r', 'D');
assert.throws(() => presence.join(a, 'r', ''), RangeError);
presence.join(a, 'r', 'D');
assert.deepStrictEqual([ids(), presence.get('r', 'D').sockets], [['D'], 2]);

// A listener takes out the user that the socket has become.
presence.join(a, 'r', 'A');
presence.once('leave', (room) => presence.leave(b, room));
presence.join(a, 'r', 'D');
assert.deepStrictEqual([ids(), presence.get('r', 'D').sockets], [['D'], 1]);
assert.strictEqual(server.hub.inRoom(a, 'r'), true);
assert.strictEqual(presence.leave(a, 'r'), true);
assert.deepStrictEqual([presence.rooms(), presence.rooms(a)], [[], []]);

// A listener makes the socket another user again.
presence.join(a, 'r', 'A');
presence.once('leave', (room) => presence.join(a, room, 'X'));
presence.join(a, 'r', 'B');
assert.deepStrictEqual([ids(), presence.rooms(a)], [['X'], ['r']]);

// A listener that throws keeps nobody from hearing the rest.
const told = [];
presence.on('join', (room, { id }) => told.push(id));
presence.once('leave', () => {
  throw new Error('mine');
});
assert.throws(() => presence.join(a, 'r', 'Y'), { message: 'mine' });
assert.deepStrictEqual([ids(), told], [['Y'], ['Y']]);
await server.close();
