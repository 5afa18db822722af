// Wrong options of backpressure are refused, and say what they may be.

import assert from 'assert';
import http from 'http';
import { open, serve } from '../../support/network.js';

for (const [websocket, error] of [
  [{ backpressure: 'drop' }, { code: 'ERR_INVALID_ARG_TYPE', message: /websocket\.backpressure must be 'close', 'drop-new', 'drop-old' or 'coalesce', not 'drop'/ }],
  [{ backpresure: 'close' }, { message: /did you mean backpressure/ }],
  [{ maxPending: 0 }, { name: 'RangeError', message: /websocket\.maxPending must be a whole number from 1/ }],
]) assert.throws(() => http.createServer({ websocket }), error);
assert.throws(() => new WebSocket('ws://127.0.0.1:1', { backpressure: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new WebSocket('ws://127.0.0.1:1', { maxPending: 1 }), { message: /unknown option maxPending/ });

const { server, url } = await serve(() => {});
const ws = await open(url, { backpressure: 'coalesce' });
for (const [options, error] of [
  [{ key: 1 }, { code: 'ERR_INVALID_ARG_TYPE', message: /option key must be a string, not 1/ }],
  [{ key: 'x'.repeat(257) }, { code: 'ERR_INVALID_ARG_VALUE', message: /257 bytes of UTF-8, more than the 256/ }],
  [{ flushed: 'yes' }, { code: 'ERR_INVALID_ARG_TYPE', message: /option flushed must be true or false/ }],
  [{ flushd: true }, { message: /did you mean flushed/ }],
]) {
  assert.throws(() => ws.send('x', options), error);
}
assert.throws(() => server.hub.publish('room', 'x', { key: 1 }), { message: /option key must be a string/ });
ws.send('x', { key: 'ü'.repeat(128) });
await server.close();
