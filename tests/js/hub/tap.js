// A tap sees what rules send to its room, or a sample of it, and who sent it.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(2);
const { hub } = server;
const [a, b] = all;
b.ws.join('room');
a.ws.relay('room');
const [every, some] = [[], []];
const stop = hub.tap('room', (data, { room, ws }) => every.push([data, room, ws]));
hub.tap('room', (data) => some.push(data), { sample: 0.25 });
hub.tap('other', () => assert.fail('of another room'));
for (let number = 0; number < 8; number += 1) a.client.send(String(number));
hub.publish('room', 'by the script');
await settled(all);
await settled(all);
assert.deepStrictEqual(every, [...Array(8).keys()].map((number) => [String(number), 'room', a.ws]));
assert.deepStrictEqual(some, ['0', '4']);
assert.strictEqual(stop(), true);
assert.strictEqual(stop(), false);
a.client.send(new Uint8Array([9]));
await settled(all);
await settled(all);
assert.strictEqual(every.length, 8);
assert.deepStrictEqual(some, ['0', '4', new Uint8Array([9])]);
assert.strictEqual(b.heard.length, 10);
await server.close();
