// A place for which too much waits is not told of somebody, and asks with the next heartbeat.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { Presence } from 'krandog:presence';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws }, { ws: flooded }] } = await pairs(2);
const [one, two] = [1, 2].map(() => new Hub({ bus: 'dropped' }));
const [a, b] = [one, two].map((hub) => new Presence(hub, { heartbeat: 300 }));
const told = new Promise((resolve) => {
  b.on('join', (_, { id }) => {
    if (id === 'bob') resolve();
  });
});
a.join(ws, 'a', 'ann');
two.join(flooded, 'flood');
const mebibyte = new Uint8Array(1 << 20);
for (let count = 0; count < 17; count += 1) one.publish('flood', mebibyte);
const before = one.bus.dropped;
while (one.bus.dropped === before) one.publish('flood', 'x');
const { dropped } = one.bus;
a.join(ws, 'b', 'bob');
assert.strictEqual(one.bus.dropped, dropped + 1);
await told;
assert.deepStrictEqual([b.has('a', 'ann'), b.count('b')], [true, 1]);
flooded.terminate();
await server.close();
