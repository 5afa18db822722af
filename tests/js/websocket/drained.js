// drained() resolves once bufferedAmount is 0, and is rejected when the connection ends first.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing } from '../../support/network.js';

const { server, ws, client } = await behind({ maxBackpressure: 2 ** 26 });
ws.send('x'.repeat(2 ** 20));
assert(ws.bufferedAmount > 0);
let [once, twice] = [false, false];
const drained = ws.drained().then(() => (once = true));
ws.drained().then(() => (twice = true));
await new Promise((next) => setTimeout(next, 20));
assert.deepStrictEqual([once, twice], [false, false]);
client.resume();
await drained;
assert.deepStrictEqual([once, twice, ws.bufferedAmount], [true, true, 0]);
// Nothing waits.
assert.strictEqual(await ws.drained(), undefined);
assert.strictEqual(await client.drained(), undefined);

client.pause();
const ends = closing(ws);
while (ws.bufferedAmount === 0) {
  ws.send('x'.repeat(2 ** 20));
  await new Promise((next) => setImmediate(next));
}
const never = ws.drained();
client.terminate();
await assert.rejects(never, { code: 'ERR_WEBSOCKET_CLOSED', message: /closed before/ });
await ends;
await assert.rejects(ws.drained(), { code: 'ERR_WEBSOCKET_CLOSED' });
assert.throws(() => ws.drained.call({}), TypeError);
await server.close();
