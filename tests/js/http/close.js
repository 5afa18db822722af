// close() ends open WebSockets with 1001, takes no new ones, and resolves when the last is gone.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const { server, url } = await serve((req) => req.ws.send(req.data));
const clients = [await open(url), await open(url)];
const ends = clients.map(closing);
const seen = [];
server.on('close', () => seen.push('event'));
await server.close(() => seen.push('callback'));
assert.deepStrictEqual(seen.sort(), ['callback', 'event']);
for (const end of ends) {
  assert.deepStrictEqual(await end, { code: 1001, reason: '', wasClean: true });
}
assert.strictEqual((await closing(new WebSocket(url))).code, 1006);
// Once more does no harm.
await server.close();
