// A sample is as large as it was asked for, whatever part that is.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(1);
const { hub } = server;
const [{ client, ws }] = all;
ws.relay('room');
const samples = [1, 0.75, 0.7, 2 / 3, 0.5, 0.4, 1 / 3, 0.1, 1 / 7, 0.01, 1e-9];
const counts = samples.map(() => 0);
const first = [];
samples.forEach((sample, at) => hub.tap('room', (data) => {
  counts[at] += 1;
  if (sample === 0.1) first.push(data);
}, { sample }));
const sent = 840;
for (let number = 0; number < sent; number += 1) client.send(String(number));
await settled(all);
await settled(all);
// The first message is one of them.
assert.deepStrictEqual(counts, samples.map((sample) => Math.floor((sent - 1) * sample + 1e-6) + 1));
assert.deepStrictEqual(first, Array.from({ length: 84 }, (_, at) => String(at * 10)));
for (const sample of [0, -1, 1.1, NaN, '1']) {
  assert.throws(() => hub.tap('room', () => {}, { sample }), { message: /above 0 and up to 1/ });
}
await server.close();
