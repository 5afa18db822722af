// A hub that two servers are given is that of both.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs, settled } from '../../support/rooms.js';

const hub = new Hub();
const first = await pairs(1, { hub });
const second = await pairs(1, { hub });
const alone = await pairs(1);
assert.strictEqual(first.server.hub, hub);
assert.strictEqual(second.server.hub, hub);
assert.notStrictEqual(alone.server.hub, hub);

const all = [first, second, alone].map((world) => world.pairs[0]);
first.pairs[0].ws.join('room');
second.pairs[0].ws.join('room');
alone.pairs[0].ws.join('room');
assert.strictEqual(hub.size('room'), 2);
assert.strictEqual(hub.publish('room', 'to both').sent, 2);
assert.strictEqual(hub.broadcast('to all of both').sent, 2);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.length), [2, 2, 0]);
for (const { server } of [first, second, alone]) await server.close();
