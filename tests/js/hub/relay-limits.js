// A rule refuses messages that are too large or too many, and counts them.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(2);
const [a, b] = all;
b.ws.join('room');
a.ws.relay('room', { maxPayload: 4 });
for (const text of ['1234', '12345', 'é2', 'ééé']) a.client.send(text);
await settled(all);
await settled(all);
assert.deepStrictEqual(b.heard.splice(0), ['1234', 'é2']);
assert.strictEqual(a.ws.relayInfo.refused, 2);
a.ws.relay('room', { rate: 5 });
for (let number = 0; number < 100; number += 1) a.client.send(String(number));
await settled(all);
await settled(all);
const { messages, refused } = a.ws.relayInfo;
assert.strictEqual(messages + refused, 100);
assert(messages >= 5 && messages < 100, String(messages));
assert.deepStrictEqual(b.heard.slice(0, 5), ['0', '1', '2', '3', '4']);
await server.close();
