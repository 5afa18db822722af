// `get` finds a WebSocket of the hub by its id, and `send` sends to one.

import assert from 'assert';
import { event } from '../../support/network.js';
import { pair, pairs, settled } from '../../support/rooms.js';

const { server, url, pairs: [a] } = await pairs(1);
const others = await pairs(1);
const { hub } = server;
assert.strictEqual(hub.get(a.ws.id), a.ws);
const b = await pair(server, url);
assert.strictEqual(hub.get(b.ws.id), b.ws, 'one that opened after the first look');
for (const id of [others.pairs[0].ws.id, 0, -1, 1.5, NaN, 2 ** 53, '1', undefined, null]) {
  assert.strictEqual(hub.get(id), undefined);
}
assert.deepStrictEqual(hub.send(a.ws.id, 'by id'), { sent: 1, dropped: 0, forwarded: false });
assert.strictEqual(hub.send(b.ws, new Uint8Array([1, 2])).sent, 1);
assert.strictEqual(hub.send(10_000, 'nobody').sent, 0);
await settled([a, b]);
assert.deepStrictEqual([a.heard, b.heard], [['by id'], [new Uint8Array([1, 2])]]);
const { id } = a.ws;
const closed = event(a.ws, 'close');
a.client.close();
await closed;
assert.strictEqual(hub.get(id), undefined);
assert.strictEqual(hub.send(a.ws, 'too late').sent, 0);
await server.close();
await others.server.close();
