// Whoever decides on an opening handshake may answer with anything that has a `then`, which need not
// return a promise as those of promises do.

import assert from 'assert';
import { event, serve } from '../../support/network.js';

const later = (value) => ({
  then(resolve) {
    resolve(value);
  },
});
for (const websocket of [
  { upgrade: () => later(false) },
  { upgrade: () => later(false), protocols: () => 'a' },
  { upgrade: () => later({ status: 401 }), protocols: () => 'a' },
  { allowedOrigins: () => later(false) },
  { allowedOrigins: () => true, upgrade: () => later(false) },
]) {
  const { server, url } = await serve({ websocket });
  const ws = new WebSocket(url, { headers: { origin: 'http://a.b' } });
  const { type, status } = await Promise.race([event(ws, 'error'), event(ws, 'open')]);
  assert.strictEqual(type, 'error', Object.keys(websocket).join());
  assert(status === 401 || status === 403);
  await server.close();
}
