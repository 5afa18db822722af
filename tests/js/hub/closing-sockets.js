// A socket that is closing is found by no one, and all that is sent to it counts as dropped.

import assert from 'assert';
import { closing } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [a, b] } = await pairs(2);
const { hub } = server;
for (const { ws } of [a, b]) ws.join('room');
const { id } = a.ws;
assert.strictEqual(hub.get(id), a.ws);
a.client.pause();
a.ws.close();
assert.strictEqual(hub.get(id), undefined);
assert.strictEqual(hub.get(b.ws.id), b.ws);
const one = { sent: 1, dropped: 1, forwarded: false };
assert.deepStrictEqual(hub.publish('room', 'x'), one);
assert.deepStrictEqual(hub.broadcast('x'), one);
assert.deepStrictEqual(hub.send(id, 'x'), { sent: 0, dropped: 1, forwarded: false });
assert.deepStrictEqual(hub.broadcast('x', { except: id }), { sent: 1, dropped: 0, forwarded: false });
const end = closing(a.ws);
a.client.resume();
await end;
const none = { sent: 1, dropped: 0, forwarded: false };
assert.deepStrictEqual(hub.publish('room', 'x'), none);
assert.deepStrictEqual(hub.broadcast('x'), none);
await server.close();
