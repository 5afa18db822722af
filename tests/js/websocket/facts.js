// Both ends know since when they are open, when the other was last heard of, and what has gone over
// them; an accepted one still does when it has closed.

import assert from 'assert';
import { ask, closing, event, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const before = Date.now();
const { server, url } = await serve({ websocket: { open: resolve } }, ({ ws, data }) => {
  ws.send(data);
});
const client = new WebSocket(url);
assert.deepStrictEqual([client.openedAt, client.lastSeen, client.rtt], [null, null, null]);
assert.deepStrictEqual([client.messagesIn, client.bytesOut], [0, 0]);
await event(client, 'open');
const ws = await accepted;
for (const socket of [client, ws]) {
  assert(Number.isInteger(socket.openedAt), `${socket.openedAt}`);
  assert(before - 1 <= socket.openedAt && socket.openedAt <= Date.now() + 1, `${socket.openedAt}`);
  assert.strictEqual(socket.lastSeen, socket.openedAt);
}
await ask(client, 'grüße');
client.binaryType = 'uint8array';
await ask(client, new Uint8Array(1000));
await ask(client, '');
const traffic = ({ messagesIn, messagesOut, bytesIn, bytesOut }) =>
  ({ messagesIn, messagesOut, bytesIn, bytesOut });
const expected = { messagesIn: 3, messagesOut: 3, bytesIn: 1007, bytesOut: 1007 };
assert.deepStrictEqual(traffic(ws), expected);
assert.deepStrictEqual(traffic(client), expected);
// It counts when it is queued.
ws.send('xy');
assert.strictEqual(ws.bytesOut, 1009);
assert(ws.lastSeen >= ws.openedAt);
assert(client.lastSeen <= Date.now() + 1);
const { openedAt, lastSeen } = ws;
assert.deepStrictEqual([ws.openedAt, ws.lastSeen], [openedAt, lastSeen]);

const end = closing(ws);
client.close();
await end;
assert.deepStrictEqual(traffic(ws), { ...expected, messagesOut: 4, bytesOut: 1009 });
assert.strictEqual(ws.openedAt, openedAt);
assert(ws.lastSeen >= lastSeen);
await server.close();
