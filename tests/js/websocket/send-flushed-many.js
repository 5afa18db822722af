// Each of very many messages is told of, once, and in the order in which they were sent.

import assert from 'assert';
import { behind, readOn } from '../../support/behind.js';

const { server, ws, client, heard } = await behind({ backpressure: 'drop-old', maxBackpressure: 2 ** 17 });
while (ws.droppedMessages < 100) ws.send('x'.repeat(2 ** 16));
const before = ws.droppedMessages;
const [flushed, dropped] = [[], []];
const all = 3000;
const padding = '.'.repeat(2000);
const told = [];
for (let number = 0; number < all; number += 1) {
  const sent = ws.send(`${number}${padding}`, { flushed: true });
  told.push(sent.then(() => flushed.push(number), ({ code }) => {
    assert.strictEqual(code, 'ERR_MESSAGE_DROPPED');
    dropped.push(number);
  }));
}
const got = await readOn(client, heard, `${all - 1}${padding}`);
await Promise.all(told);
assert(dropped.length > 0 && flushed.length > 0, `${dropped.length} and ${flushed.length}`);
const isAscending = (numbers) => numbers.every((number, at) => at === 0 || number > numbers[at - 1]);
assert(isAscending(dropped) && isAscending(flushed));
assert.strictEqual(new Set(dropped.concat(flushed)).size, all);
assert.deepStrictEqual(got.map(parseFloat), flushed);
assert(ws.droppedMessages >= before + dropped.length);
client.close();
await server.close();
