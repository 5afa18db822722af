// Members and the length of their ids are limited, and mistakes are named.

import assert from 'assert';
import presence, { Presence } from 'krandog:presence';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

assert.strictEqual(presence.Presence, Presence);
const { server, pairs: [one, two, three] } = await pairs(3);
const small = new Presence(server.hub, { maxMembers: 1, maxIdLength: 3 });
small.join(one.ws, 'a', 'ann');
assert.throws(() => small.join(two.ws, 'a', 'bob'),
  { code: 'ERR_OUT_OF_RANGE', message: /the room has 1 members already.*maxMembers/ });
assert.strictEqual(server.hub.inRoom(two.ws, 'a'), false);
small.join(two.ws, 'a', 'ann');
for (const id of ['', 'anna']) {
  assert.throws(() => small.join(two.ws, 'b', id), { message: /must have 1 to 3 .*maxIdLength/ });
}
for (const id of [5, null, undefined]) {
  assert.throws(() => small.join(two.ws, 'b', id), { code: 'ERR_INVALID_ARG_TYPE', message: /"id"/ });
}
assert.throws(() => small.join({}, 'b', 'ann'), { code: 'ERR_INVALID_ARG_TYPE', message: /"ws"/ });
assert.throws(() => small.join(two.ws, '', 'ann'), { code: 'ERR_INVALID_ARG_VALUE' });
// What the hub refuses has not happened.
const full = new Presence(new Hub({ maxMembers: 1 }));
full.join(one.ws, 'a', 'ann');
assert.throws(() => full.join(two.ws, 'a', 'bob'), /maxMembers/);
assert.strictEqual(full.count('a'), 1);

assert.throws(() => new Presence(), { code: 'ERR_INVALID_ARG_TYPE', message: /"hub"/ });
assert.throws(() => new Presence(new Hub(), { grce: 5 }), { message: /did you mean grace/ });
assert.throws(() => new Presence(new Hub(), { grace: -1 }), { message: /option grace must be/ });

// A listener that throws keeps nobody from hearing of the others.
const told = [];
const heard = new Presence(server.hub, { grace: 0 });
heard.on('leave', (room) => {
  told.push(room);
  throw new Error(room);
});
heard.join(three.ws, 'x', 'ann');
heard.join(three.ws, 'y', 'ann');
const closed = new Promise((resolve) => three.ws.addEventListener('close', resolve));
three.client.close();
await closed;
assert.deepStrictEqual(told, ['x', 'y']);
assert.strictEqual(heard.rooms().length, 0);
await server.close();
