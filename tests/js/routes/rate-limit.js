// A route has a limit of rate of its own; limits of addresses are those of the server.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const rateLimit = (messages) => ({ messages, per: 3_600_000, action: 'close' });
const { server, url } = await serve(
  { maxConnectionsPerAddress: 3, websocket: { rateLimit: rateLimit(1) } },
  () => {},
);
server.ws('/five', { rateLimit: rateLimit(5) });
server.ws('/inherited', {});
server.ws('/one-at-a-time', { maxConnections: 1 });
for (const [path, taken] of [['/five', 5], ['/inherited', 1], ['/none', 1]]) {
  const ws = await open(url + path);
  for (let sent = 0; sent < taken; sent++) ws.send('x');
  await new Promise((resolve) => server.hub.broadcast('') && event(ws, 'message').then(resolve));
  assert.strictEqual(ws.readyState, WebSocket.OPEN, path);
  const end = closing(ws);
  ws.send('x');
  assert.strictEqual((await end).code, 1008, path);
}
const first = await open(`${url}/one-at-a-time`);
assert.strictEqual((await event(new WebSocket(`${url}/one-at-a-time`), 'error')).status, 503);
first.close();
await server.close();
