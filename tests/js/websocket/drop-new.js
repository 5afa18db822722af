// With the policy drop-new, messages are dropped from the first that does not fit up to when all that
// waited has been written: the peer misses one run of them.

import assert from 'assert';
import { behind, readOn } from '../../support/behind.js';
import { ask, event } from '../../support/network.js';

let dropped = 0;
const { server, ws, client, heard } = await behind({
  backpressure: 'drop-new',
  maxBackpressure: 2 ** 20,
  message(socket, data) {
    socket.send(data);
  },
  dropped: () => (dropped += 1),
});
const large = 'y'.repeat(2 ** 15);
let sent = 0;
while (ws.send(`${sent} ${large}`) !== false) {
  sent += 1;
  assert(sent < 100);
}
// A small one would fit, and is dropped all the same.
assert.strictEqual(ws.send('small'), false);
assert.strictEqual(ws.droppedMessages, 2);
await assert.rejects(ws.send('small', { flushed: true }), { code: 'ERR_MESSAGE_DROPPED' });
await new Promise((next) => setImmediate(next));
assert.strictEqual(dropped, 1);

const drained = event(ws, 'drain');
const all = await readOn(client, heard, `${sent - 1} ${large}`);
assert.deepStrictEqual(all.map((text) => parseInt(text, 10)), Array.from({ length: sent }, (_, at) => at));
await drained;
assert.strictEqual(await ask(client, 'again'), 'again');
assert.deepStrictEqual([ws.droppedMessages, dropped], [3, 1]);
await server.close();
