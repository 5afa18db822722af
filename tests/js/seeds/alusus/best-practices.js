// What to take care of: results of calls, cleaning up, data that is wrong, limits, who may connect.

import assert from 'assert';
import { ask, closing, event, open, serve } from '../../../support/network.js';

const sessions = new Map();
const { server, url } = await serve();
server.ws('/websocket', {
  maxConnections: 2,
  maxPayload: 1000,
  upgrade: ({ headers }) => headers.authorization === 'Bearer right' || { status: 401 },
  open: (ws) => void sessions.set(ws, 0),
  message(ws, data) {
    let amount;
    try {
      ({ amount } = JSON.parse(data));
    } catch {
      return ws.close(1007, 'not JSON');
    }
    if (!Number.isFinite(amount)) return ws.close(1008, 'no amount');
    sessions.set(ws, sessions.get(ws) + amount);
    // false where it was not accepted.
    if (ws.send(`${sessions.get(ws)}`) === false) sessions.delete(ws);
  },
  close: (ws) => void sessions.delete(ws),
});
const headers = { Authorization: 'Bearer right' };
const status = async (options) => (await event(new WebSocket(`${url}/websocket`, options), 'error')).status;
assert.strictEqual(await status({}), 401);
const first = await open(`${url}/websocket`, { headers });
const second = await open(`${url}/websocket`, { headers });
assert.strictEqual(await status({ headers }), 503);
assert.strictEqual(await ask(first, '{"amount":2}'), '2');
assert.strictEqual(await ask(first, '{"amount":3}'), '5');
for (const [ws, message, code] of [[first, '{', 1007], [second, '{}', 1008]]) {
  ws.send(message);
  assert.strictEqual((await closing(ws)).code, code);
}
await server.close();
assert.strictEqual(sessions.size, 0);
