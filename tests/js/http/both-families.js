// Without a host, a server listens to IPv4 and IPv6; with one, to that alone.

import assert from 'assert';
import http from 'http';
import { closing, emitted, open, serve } from '../../support/network.js';

const { server } = await serve((req) => req.ws.send(req.data));
const { port } = server.address();
for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
  const ws = await open(`ws://${host}:${port}/`);
  ws.close();
  assert.strictEqual((await closing(ws)).wasClean, true);
}
await server.close();

const narrow = http.createServer().listen({ port: 0, host: '127.0.0.1' });
await emitted(narrow, 'listening');
const ws = new WebSocket(`ws://[::1]:${narrow.address().port}/`);
assert.strictEqual((await closing(ws)).code, 1006);
await narrow.close();
