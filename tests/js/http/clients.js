// server.clients is the set of open WebSockets, the same objects that handlers get.

import assert from 'assert';
import { ask, closing, open, serve, wait } from '../../support/network.js';

const seen = new Set();
const { server, url } = await serve((req) => {
  seen.add(req.ws);
  req.ws.send(req.data);
});
assert.strictEqual(server.clients.size, 0);
const one = await open(url);
const two = await open(url);
await ask(one, 'x');
await ask(two, 'x');
assert.strictEqual(server.clients.size, 2);
for (const ws of server.clients) assert(seen.has(ws));
one.close();
await closing(one);
await wait(20);
assert.strictEqual(server.clients.size, 1);
await server.close();
assert.strictEqual(server.clients.size, 0);
