// Several sockets of one user count once: the first one joins, the last one leaves.

import assert from 'assert';
import { Presence } from 'krandog:presence';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [one, two, other] } = await pairs(3);
const presence = new Presence(server.hub, { grace: 0 });
const told = [];
for (const name of ['join', 'update', 'leave']) {
  presence.on(name, (room, { id, info, sockets }) => told.push([name, room, id, info, sockets]));
}
assert.strictEqual(presence.join(one.ws, 'a', 'ann', { name: 'Ann' }), true);
assert.strictEqual(presence.join(two.ws, 'a', 'ann'), false);
assert.strictEqual(presence.join(two.ws, 'a', 'ann'), false);
assert.strictEqual(presence.join(other.ws, 'a', 'bob'), true);
assert.strictEqual(presence.join(other.ws, 'b', 'bob'), true);
assert.deepStrictEqual(told.splice(0), [
  ['join', 'a', 'ann', { name: 'Ann' }, 1],
  ['join', 'a', 'bob', null, 1],
  ['join', 'b', 'bob', null, 1],
]);
assert.strictEqual(presence.count('a'), 2);
assert.deepStrictEqual(presence.members('a').map(({ id, sockets }) => [id, sockets]),
  [['ann', 2], ['bob', 1]]);
assert.strictEqual(typeof presence.get('a', 'ann').since, 'number');
assert.strictEqual(presence.get('a', 'eve'), undefined);
assert.deepStrictEqual([presence.has('b', 'bob'), presence.has('b', 'ann')], [true, false]);
assert.deepStrictEqual(presence.rooms(other.ws), ['a', 'b']);
assert.deepStrictEqual(presence.rooms(), ['a', 'b']);
// They are in the rooms of the hub.
assert.strictEqual(server.hub.size('a'), 3);

assert.strictEqual(presence.update(two.ws, 'a', { name: 'Anna' }), true);
assert.strictEqual(presence.update(two.ws, 'b', 5), false);
assert.strictEqual(presence.join(one.ws, 'a', 'ann', { name: 'Anne' }), false);
assert.deepStrictEqual(told.splice(0), [
  ['update', 'a', 'ann', { name: 'Anna' }, 2],
  ['update', 'a', 'ann', { name: 'Anne' }, 2],
]);

// The same is no news.
const { info } = presence.get('a', 'ann');
assert.strictEqual(presence.join(two.ws, 'a', 'ann', info), false);
assert.deepStrictEqual(told, []);

assert.strictEqual(presence.leave(one.ws, 'a'), false);
assert.strictEqual(presence.leave(one.ws, 'a'), false);
assert.deepStrictEqual(told, []);
assert.strictEqual(presence.leave(two.ws, 'a'), true);
assert.deepStrictEqual(told.splice(0), [['leave', 'a', 'ann', { name: 'Anne' }, 0]]);
assert.strictEqual(server.hub.size('a'), 1);

// Another user at the same socket.
assert.strictEqual(presence.join(other.ws, 'b', 'eve'), true);
assert.deepStrictEqual(told.splice(0).map(([name, , id]) => [name, id]),
  [['leave', 'bob'], ['join', 'eve']]);

// A socket that closes leaves all its rooms.
const gone = new Promise((resolve) => other.ws.addEventListener('close', resolve));
other.client.close();
await gone;
assert.deepStrictEqual(told.splice(0).map(([name, room, id]) => [name, room, id]),
  [['leave', 'a', 'bob'], ['leave', 'b', 'eve']]);
assert.deepStrictEqual([presence.rooms(), presence.rooms(other.ws)], [[], []]);
assert.strictEqual(presence.join(other.ws, 'a', 'bob'), false);
assert.strictEqual(presence.count('a'), 0);
await server.close();
