// More users than one message tells of.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { Presence } from 'krandog:presence';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws }] } = await pairs(1);
const [one, two] = [1, 2].map(() => new Hub({ bus: 'many', maxRoomsPerSocket: 5000 }));
const a = new Presence(one);
const info = 'x'.repeat(1000);
for (let count = 0; count < 300; count += 1) a.join(ws, `room ${count}`, 'ann', info);
const b = new Presence(two);
let joined = 0;
await new Promise((resolve) => {
  b.on('join', () => {
    joined += 1;
    if (joined === 300) resolve();
  });
});
assert.strictEqual(b.rooms().length, 300);
assert.deepStrictEqual(b.get('room 299', 'ann'), a.get('room 299', 'ann'));
await server.close();
