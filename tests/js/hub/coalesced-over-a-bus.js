// A key goes with a message over a bus: a slow reader of another hub gets the latest value.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { fill, readOn } from '../../support/behind.js';
import { pairs } from '../../support/rooms.js';

const hub = new Hub({ bus: 'prices' });
const [one, other] = [new Hub({ bus: 'prices' }), hub];
const websocket = { backpressure: 'coalesce', maxBackpressure: 2 ** 20, pingInterval: 0 };
const { server, pairs: [{ ws, client, heard }] } = await pairs(1, { hub: other, websocket });
ws.join('room');
client.pause();
await fill(ws);
heard.length = 0;
for (let round = 0; round < 50; round++) one.publish('room', `value ${round}`, { key: 'a' });
one.publish('room', 'done');
assert.deepStrictEqual(await readOn(client, heard, 'done'), ['value 49', 'done']);
assert.strictEqual(ws.droppedMessages, 49);
await server.close();
