// A limit that a rule or a tap meets is told as theirs, and not as that of a join.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

const hub = new Hub({ maxNameLength: 4 });
const { server, pairs: [a] } = await pairs(1, { hub });
const limit = "the name has 5 bytes of UTF-8, more than the 4 that the hub's option maxNameLength "
  + 'allows';
for (const [what, ask] of [
  ["relay to 'lobby'", () => a.ws.relay('lobby')],
  ["tap 'lobby'", () => hub.tap('lobby', () => {})],
  ["subscribe to 'lobby'", () => hub.subscribe(a.ws, 'lobby')],
  ["join 'lobby'", () => hub.join(a.ws, 'lobby')],
]) {
  assert.throws(ask, { name: 'RangeError', message: `cannot ${what}: ${limit}` });
}
await server.close();
