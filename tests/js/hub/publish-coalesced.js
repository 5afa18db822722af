// A publish with a key reaches a slow reader of a room as its latest value, and all others each time.

import assert from 'assert';
import { fill, readOn } from '../../support/behind.js';
import { event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const websocket = { backpressure: 'coalesce', maxBackpressure: 2 ** 20, pingInterval: 0 };
const { server, pairs: all } = await pairs(3, { websocket });
for (const { ws } of all) ws.join('prices');
const [slow, fast] = all;
slow.client.pause();
await fill(slow.ws);
slow.heard.length = 0;

for (let round = 1; round <= 100; round++) {
  for (const [symbol, size] of [['a', 10], ['b', 5000]]) {
    const message = `${symbol} ${round}`.padEnd(size);
    const { sent, dropped } = server.hub.publish('prices', message, { key: symbol });
    assert.deepStrictEqual([sent, dropped], [3, 0]);
  }
}
server.hub.publish('prices', 'done');
while (fast.heard.at(-1) !== 'done') await event(fast.client, 'message');
assert.strictEqual(fast.heard.length, 201);
const heard = (await readOn(slow.client, slow.heard, 'done')).map((text) => text.trim());
assert.deepStrictEqual(heard, ['a 100', 'b 100', 'done']);
assert.deepStrictEqual(all.map(({ ws }) => ws.droppedMessages), [198, 0, 0]);
await server.close();
