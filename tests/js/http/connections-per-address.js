// One address has so many connections and no more: the next one is told 429. All are counted right.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ maxConnectionsPerAddress: 2 }, () => 'hello');
const inside = [await open(url), await open(url)];
const crowded = new WebSocket(url);
const error = await event(crowded, 'error');
assert.strictEqual(error.status, 429);
assert.match(error.message, /too many connections of this address \(server option maxConnectionsPerAddress\)/);
// Another address is another one's.
const other = await open(url, { localAddress: '127.0.0.2' });
other.close();
await closing(other);
inside[0].terminate();
await closing(inside[0]);
while (server.clients.size > 1) await new Promise((resolve) => setImmediate(resolve));
const next = await open(url);
assert.strictEqual(next.readyState, WebSocket.OPEN);
assert.deepStrictEqual(server.refused, {
  maxConnections: 0, maxConnectionsPerAddress: 1, connectRate: 0, proxyProtocol: 0,
});
await server.close();
