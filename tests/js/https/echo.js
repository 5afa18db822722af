// A server that speaks TLS and a client that checks its certificate, on one loop.

import assert from 'assert';
import { ask, closing, emitted, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { server, url } = await serve({}, (req) => {
  if (req.type === 'websocket') req.ws.send(req.data);
});
const ws = await open(url, { tls: { ca } });
assert.strictEqual(ws.url, `${url}/`);
assert.strictEqual(await ask(ws, 'hello'), 'hello');
for (const size of [1, 16_383, 16_384, 16_385, 100_000, 1_000_000]) {
  const bytes = new Uint8Array(size).map((_, index) => index * 7);
  assert.deepStrictEqual(new Uint8Array(await ask(ws, bytes)), bytes);
}

const ended = closing(ws);
ws.close(4000, 'bye');
assert.deepStrictEqual(await ended, { code: 4000, reason: 'bye', wasClean: true });
assert.strictEqual(ws.closeInfo.cause, 'local');
server.close();
await emitted(server, 'close');
