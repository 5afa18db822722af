// `members` has the same objects that handlers are given, also for sockets that no handler has seen.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const { server, url } = await serve((req) => {
  server.hub.join(req.ws, 'talkers');
  req.ws.send('in');
});
const clients = [await open(url), await open(url), await open(url)];
for (const client of clients.slice(0, 2)) {
  client.send('hello');
  await new Promise((resolve) => client.addEventListener('message', resolve, { once: true }));
}
const members = server.hub.members('talkers');
assert(members.every((ws) => ws instanceof WebSocket) && members.length === 2);
assert.strictEqual([...server.clients].filter((ws) => members.includes(ws)).length, 2);
assert.deepStrictEqual(server.hub.members('nobody'), []);
assert.strictEqual(server.hub.size('talkers'), 2);
for (const ws of server.clients) server.hub.join(ws, 'everybody');
assert.strictEqual(server.hub.size('everybody'), 3);
await server.close();
