// readyState goes from CONNECTING over OPEN and CLOSING to CLOSED; the constants are on both sides.

import assert from 'assert';
import { closing, event, serve } from '../../support/network.js';

const constants = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };
for (const [name, value] of Object.entries(constants)) {
  assert.strictEqual(WebSocket[name], value);
  assert.strictEqual(WebSocket.prototype[name], value);
  assert.throws(() => {
    WebSocket[name] = 9;
  }, TypeError);
}

const { server, url } = await serve(() => {});
const ws = new WebSocket(url);
assert.strictEqual(ws.readyState, WebSocket.CONNECTING);
await event(ws, 'open');
assert.strictEqual(ws.readyState, WebSocket.OPEN);
ws.close();
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
ws.close();
await closing(ws);
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
ws.close();
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
assert.throws(() => {
  ws.readyState = 1;
}, TypeError);
await server.close();
