// Who comes back within the grace has not been away; who does not has left.

import assert from 'assert';
import { Presence } from 'krandog:presence';
import { pair, pairs } from '../../support/rooms.js';

const { server, url, pairs: [one, gone] } = await pairs(2);
const ended = ({ client, ws }) => {
  const closed = new Promise((resolve) => ws.addEventListener('close', resolve));
  client.close();
  return closed;
};

// So long that it does not pass in this test; the timer does not keep the program alive.
const patient = new Presence(server.hub, { grace: 3_600_000 });
const told = [];
for (const name of ['join', 'update', 'leave']) {
  patient.on(name, (room, { id, info }) => told.push([name, room, id, info]));
}
patient.join(one.ws, 'a', 'ann', 1);
await ended(one);
assert.deepStrictEqual(patient.members('a').map(({ id, sockets }) => [id, sockets]), [['ann', 0]]);
const back = await pair(server, url);
assert.strictEqual(patient.join(back.ws, 'a', 'ann'), false);
assert.deepStrictEqual(told.splice(0), [['join', 'a', 'ann', 1]]);
// To leave is something else than to be gone.
assert.strictEqual(patient.leave(back.ws, 'a'), true);
assert.deepStrictEqual(told.splice(0), [['leave', 'a', 'ann', 1]]);
patient.join(back.ws, 'a', 'bob');
await ended(back);
assert.strictEqual(patient.has('a', 'bob'), true);

const brief = new Presence(server.hub, { grace: 1 });
const left = new Promise((resolve) => brief.on('leave', (room, { id }) => resolve([room, id])));
brief.join(gone.ws, 'a', 'eve');
await ended(gone);
assert.deepStrictEqual(await left, ['a', 'eve']);
assert.strictEqual(brief.count('a'), 0);
await server.close();
