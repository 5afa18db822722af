// send with flushed: true returns a promise that the kernel has the message.

import assert from 'assert';
import { behind } from '../../support/behind.js';
import { closing, event } from '../../support/network.js';

const { server, ws, client, heard } = await behind({ maxBackpressure: 2 ** 26 });
const order = [];
const sent = ['one', 'two'].map((text) => ws.send(text, { flushed: true }).then(() => order.push(text)));
ws.send('x'.repeat(2 ** 24));
ws.drained().then(() => order.push('drained'));
assert.strictEqual(order.length, 0);
client.resume();
await Promise.all(sent);
assert.deepStrictEqual(order, ['one', 'two']);
await event(ws, 'drain');
assert.deepStrictEqual(order, ['one', 'two', 'drained']);
while (heard.at(-1).length !== 2 ** 24) await event(client, 'message');

// Of an outgoing socket too, and with nothing in its way.
assert.strictEqual(await client.send('out', { flushed: true }), undefined);
assert.strictEqual(await client.send(new Uint8Array(3), { flushed: true, compress: false }), undefined);

// What the kernel has not got when the connection ends never leaves.
client.pause();
while (ws.bufferedAmount === 0) {
  ws.send('x'.repeat(2 ** 20));
  await new Promise((next) => setImmediate(next));
}
const lost = assert.rejects(ws.send('lost', { flushed: true }), { code: 'ERR_WEBSOCKET_CLOSED' });
const ends = closing(ws);
client.terminate();
await Promise.all([lost, ends]);
await assert.rejects(ws.send('late', { flushed: true }), { code: 'ERR_WEBSOCKET_CLOSED' });
assert.strictEqual(ws.send('late', { flushed: false }), false);
await server.close();
