// A star in an allowed origin stands for the names below a host, or for the port.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { server, url } = await serve(
  { websocket: { allowedOrigins: ['https://*.example.com', 'http://localhost:*'] } },
  () => {},
);
for (const Origin of ['https://www.example.com', 'https://a.b.example.com', 'http://localhost:5173']) {
  (await open(url, { headers: { Origin } })).close();
}
for (const Origin of [
  'https://example.com', 'http://www.example.com', 'https://evil-example.com',
  'https://www.example.com.evil.org', 'https://localhost:5173', 'null',
]) {
  const ws = new WebSocket(url, { headers: { Origin } });
  const [error] = await Promise.all([event(ws, 'error'), closing(ws)]);
  assert.strictEqual(error.status, 403, Origin);
}
await server.close();
