// What was published before a socket closes still arrives; what comes later is counted as dropped.

import assert from 'assert';
import { event } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(2);
const { hub } = server;
for (const { ws } of all) hub.join(ws, 'room');
assert.strictEqual(hub.publish('room', 'in time').sent, 2);
const closed = event(all[0].client, 'close');
all[0].ws.close();
assert.deepStrictEqual(hub.publish('room', 'too late'), { sent: 1, dropped: 1, forwarded: false });
assert.strictEqual(hub.join(all[0].ws, 'another'), false);
await closed;
assert.deepStrictEqual(all[0].heard, ['in time']);
await server.close();
