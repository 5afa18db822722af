// `except` leaves out a socket, an id, the members of a room, or several of those.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(4);
const { hub } = server;
const [a, b, c, d] = all;
for (const { ws } of all) hub.join(ws, 'all');
hub.join(c.ws, 'staff');
hub.join(d.ws, 'staff');

const sent = (except) => hub.publish('all', JSON.stringify(except?.id ?? except ?? null), { except }).sent;
assert.strictEqual(sent(undefined), 4);
assert.strictEqual(sent(a.ws), 3);
assert.strictEqual(sent(a.ws.id), 3);
assert.strictEqual(sent('staff'), 2);
assert.strictEqual(sent(['staff', a.ws]), 1);
assert.strictEqual(sent([a.ws, b.ws.id, c.ws, d.ws]), 0);
assert.strictEqual(sent('nobody'), 4);
assert.strictEqual(sent([]), 4);
assert.strictEqual(sent(2 ** 40), 4);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.length), [5, 8, 6, 6]);
await server.close();
