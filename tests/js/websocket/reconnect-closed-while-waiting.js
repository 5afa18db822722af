// A socket that waits before it connects again keeps the process alive, and close, terminate and
// its signal end it.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

let accepted;
const { server, url } = await serve({ websocket: { open: (ws) => void (accepted = ws) } });
const reconnect = { minDelay: 3_600_000, maxDelay: 3_600_000, jitter: 0 };

async function waiting(options) {
  const ws = await open(url, { reconnect, ...options });
  ws.onreconnected = () => assert.fail('it was to end');
  const wait = event(ws, 'reconnecting');
  accepted.terminate();
  assert.strictEqual((await wait).delay, 3_600_000);
  assert.strictEqual(ws.readyState, WebSocket.CONNECTING);
  return ws;
}
async function ending(ws) {
  const [error, { code }] = await Promise.all([event(ws, 'error'), closing(ws)]);
  assert.strictEqual(code, 1006);
  return error.code;
}

let ws = await waiting();
let end = ending(ws);
ws.close();
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
assert.strictEqual(await end, 'ECONNABORTED');
ws = await waiting();
end = ending(ws);
ws.terminate();
assert.strictEqual(await end, 'ECONNABORTED');
const controller = new AbortController();
ws = await waiting({ signal: controller.signal });
end = ending(ws);
controller.abort();
assert.strictEqual(await end, 'ABORT_ERR');

// In the listener itself.
ws = await open(url, { reconnect });
ws.onreconnecting = () => ws.close();
end = ending(ws);
accepted.terminate();
assert.strictEqual(await end, 'ECONNABORTED');
await server.close();
