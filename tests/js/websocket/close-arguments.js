// close() takes 1000 and 3000 to 4999, and at most 123 bytes of reason; nothing happens otherwise.

import assert from 'assert';
import { ask, open, serve } from '../../support/network.js';

const { promise: closed, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { close: (_, code, reason) => resolve([code, reason]) },
}, ({ ws, data }) => ws.send(data) && undefined);
const ws = await open(url);
for (const code of [0, 999, 1001, 1005, 1006, 1015, 2999, 5000, 65536 + 1000, -1, NaN, null, 'x']) {
  assert.throws(() => ws.close(code), { name: 'InvalidAccessError' });
}
assert.throws(() => ws.close(1000, 'x'.repeat(124)), { name: 'SyntaxError' });
assert.throws(() => ws.close(1000, 'ü'.repeat(62)), { name: 'SyntaxError', message: /124 bytes/ });
assert.throws(() => ws.close(1000, Symbol('x')), TypeError);
assert.strictEqual(ws.readyState, WebSocket.OPEN);
assert.strictEqual(await ask(ws, 'still open'), 'still open');
ws.close('3000', 42);
assert.deepStrictEqual(await closed, [3000, '42']);
await server.close();
