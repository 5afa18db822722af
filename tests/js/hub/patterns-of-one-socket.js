// One socket cannot take all patterns of a hub: it has a limit of its own, far below the hub's.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [a, b] } = await pairs(2);
const { hub } = server;
for (let number = 0; number < 100; number += 1) hub.subscribe(a.ws, `a${number}.*`);
assert.throws(() => hub.subscribe(a.ws, 'one.more.*'), {
  name: 'RangeError',
  code: 'ERR_OUT_OF_RANGE',
  message: "cannot subscribe to 'one.more.*': the socket has 100 patterns already, as many as the "
    + "hub's option maxPatternsPerSocket allows",
});
// Neither rooms nor other sockets nor other hubs are concerned.
assert.strictEqual(a.ws.join('room'), true);
assert.strictEqual(hub.subscribe(b.ws, 'b.*'), true);
assert.strictEqual(hub.subscribe(a.ws, 'a0.*'), false);
hub.unsubscribe(a.ws, 'a7.*');
assert.strictEqual(hub.subscribe(a.ws, 'one.more.*'), true);
const other = new Hub({ maxPatternsPerSocket: 1 });
assert.strictEqual(other.subscribe(a.ws, 'x*'), true);
assert.throws(() => other.subscribe(a.ws, 'y*'), /has 1 patterns already/);
await server.close();
