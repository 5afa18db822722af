// With the policy drop-old, a peer that reads too slowly gets the latest messages, and no half ones.

import assert from 'assert';
import { behind, readOn } from '../../support/behind.js';
import { event } from '../../support/network.js';

const seen = [];
const { server, ws, client, heard } = await behind({
  backpressure: 'drop-old',
  maxBackpressure: 2 ** 16,
  dropped: (socket) => seen.push(['hook', socket]),
});
ws.ondropped = ({ type, target }) => seen.push([type, target]);
for (let number = 0; number < 500; number++) {
  assert.notStrictEqual(ws.send(`${number} `.padEnd(1000, '.')), false);
  assert(ws.bufferedAmount <= 2 ** 16 + 1000, `${ws.bufferedAmount}`);
}
assert(ws.droppedMessages > 0);
await new Promise((next) => setImmediate(next));
assert.deepStrictEqual(seen, [['dropped', ws], ['hook', ws]]);

ws.send('last');
const drained = event(ws, 'drain');
const numbers = (await readOn(client, heard, 'last')).slice(0, -1).map((text) => parseInt(text, 10));
await drained;
assert.strictEqual(numbers.length, 500 - ws.droppedMessages);
// They are the last ones, in order.
assert.deepStrictEqual(numbers, numbers.map((_, at) => 500 - numbers.length + at));

// The next time is told again.
client.pause();
assert.strictEqual(seen.length, 2);
client.close();
await event(ws, 'close');
assert.strictEqual(500 - numbers.length, ws.droppedMessages);
await server.close();
