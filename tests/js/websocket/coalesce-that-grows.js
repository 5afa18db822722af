// With the policy coalesce, messages that take the place of smaller ones count against
// maxBackpressure too. One that is no larger always fits.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing } from '../../support/network.js';

const limit = 2 ** 17;
const { server, ws, client } = await behind({ backpressure: 'coalesce', maxBackpressure: limit });
const ends = closing(ws);
for (let key = 0; key < 100; key += 1) assert(ws.send('v', { key: `k${key}` }) !== false);
const large = 'x'.repeat(limit);
// One message may be larger than the limit, and whatever does not grow still takes its place.
assert(ws.send(large, { key: 'k0' }) !== false);
assert(ws.send('w', { key: 'k1' }) !== false);
assert(ws.send(large, { key: 'k0' }) !== false);
const before = ws.bufferedAmount;
assert.strictEqual(ws.send(large, { key: 'k2' }), false);
assert(ws.bufferedAmount <= before);
client.resume();
assert.strictEqual((await ends).code, 1013);
await server.close();
