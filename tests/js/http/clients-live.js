// server.clients is one live object: what it tells changes with the connections.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';
import { pair, pairs } from '../../support/rooms.js';

const { server, url, pairs: [a, b] } = await pairs(2);
const { clients } = server;
assert.strictEqual(server.clients, clients);
assert.deepStrictEqual([clients.size, [...clients]], [2, [a.ws, b.ws]]);
const c = await pair(server, url);
assert.strictEqual(clients.size, 3);
assert.strictEqual(clients.get(c.ws.id), c.ws);
assert.strictEqual(clients.get(-1), undefined);
assert.strictEqual(clients.get('1'), undefined);
assert(clients.has(a.ws) && !clients.has(a.client) && !clients.has({ id: a.ws.id }));
assert.deepStrictEqual(clients.filter((ws) => ws !== b.ws), [a.ws, c.ws]);
const seen = [];
const self = {};
clients.forEach(function note(ws, same, all) {
  assert.deepStrictEqual([this, same, all], [self, ws, clients]);
  seen.push(ws);
}, self);
assert.deepStrictEqual(seen, [...clients.values()]);

// What is done to them in a loop does not disturb it.
let count = 0;
for (const ws of clients) {
  count += 1;
  ws.terminate();
}
assert.deepStrictEqual([count, clients.size], [3, 0]);

// One that is closing is no open one, whichever side began.
const d = await pair(server, url);
const e = await pair(server, url);
d.client.pause();
d.ws.close();
assert.deepStrictEqual([clients.size, clients.has(d.ws), clients.get(d.ws.id)], [1, false, undefined]);
const end = closing(e.ws);
e.client.close();
await end;
assert.strictEqual(clients.size, 0);
d.client.resume();
await server.close();

const other = await serve({});
const outside = await open(other.url);
assert.strictEqual(other.server.clients.size, 1);
assert.strictEqual(server.clients.size, 0);
outside.close();
await closing(outside);
await other.server.close();
