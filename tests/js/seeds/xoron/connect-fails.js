// A connection that cannot be made says so: an address that is none at once, the rest by events.

import assert from 'assert';
import { event } from '../../../support/network.js';

for (const url of ['', 'nonsense', 'ftp://127.0.0.1/', 'ws://127.0.0.1:9/#part']) {
  assert.throws(() => new WebSocket(url), { name: 'SyntaxError' }, url);
}
const ws = new WebSocket('ws://127.0.0.1:9/');
const order = [];
ws.onopen = () => order.push('open');
ws.onerror = ({ code, message }) => order.push('error', code, typeof message);
ws.onclose = ({ code, wasClean }) => order.push('close', code, wasClean);
await event(ws, 'close');
assert.deepStrictEqual(order, ['error', 'ECONNREFUSED', 'string', 'close', 1006, false]);
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
