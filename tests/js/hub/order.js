// Each socket gets direct messages, publishes and broadcasts in the order in which they were sent.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(5);
const { hub } = server;
for (const { ws } of all) hub.join(ws, 'room');
const large = 'x'.repeat(5000);
const expected = [];
for (let round = 0; round < 50; round += 1) {
  for (const { ws } of all) ws.send(`direct ${round}`);
  hub.publish('room', `${round} ${large}`);
  hub.broadcast(`all ${round}`);
  hub.publish('room', `small ${round}`);
  expected.push(`direct ${round}`, `${round} ${large}`, `all ${round}`, `small ${round}`);
}
await settled(all);
for (const { heard } of all) assert.deepStrictEqual(heard, expected);
await server.close();
