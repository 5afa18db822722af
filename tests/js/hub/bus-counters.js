// A hub tells what has passed over its bus.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

assert.equal(new Hub().bus, null);
const [one, two] = [new Hub({ bus: 'counted' }), new Hub({ bus: 'counted' })];
assert.deepEqual({ ...one.bus }, {
  connected: true, peers: 1, sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, dropped: 0, waiting: 0,
  waitingBytes: 0,
});
const { server, pairs: [{ client, ws }] } = await pairs(1);
two.join(ws, 'room');
assert.equal(one.size('room'), 1);
assert.ok(one.has('room') && !one.has('other'));
assert.deepEqual(one.members('room'), []);
one.publish('room', 'four');
one.publish('other', 'nobody');
assert.deepEqual([one.bus.sent, one.bus.sentBytes], [1, 4]);
assert.equal(two.bus.waiting, 1);
assert.ok(two.bus.waitingBytes > 4);
await new Promise((resolve) => { client.onmessage = resolve; });
assert.deepEqual([two.bus.received, two.bus.receivedBytes, two.bus.waiting], [1, 4, 0]);
// One that the other hub has, by its id.
assert.deepEqual({ ...one.send(ws.id, 'five!') }, { sent: 0, dropped: 0, forwarded: true });
const { data } = await new Promise((resolve) => { client.onmessage = resolve; });
assert.equal(data, 'five!');
client.close();
await server.close();
