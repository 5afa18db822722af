// close() refuses what it could not tell anybody, and the server goes on.

import assert from 'assert';
import { ask, closing, open, serve } from '../../support/network.js';

const { server, url } = await serve(({ ws, data }) => ws.send(data) && undefined);
const ws = await open(url);
for (const code of [0, 999, 1005, 1006, 1015, 2999, 5000, 65536 + 1000, -1]) {
  assert.throws(() => server.close({ code }), RangeError);
}
assert.throws(() => server.close({ reason: 'x'.repeat(124) }), RangeError);
assert.throws(() => server.close({ reason: 'ü'.repeat(62) }), { message: /124 bytes/ });
assert.strictEqual(server.listening, true);
assert.strictEqual(await ask(ws, 'still open'), 'still open');
const end = closing(ws);
await server.close({ code: 3000, reason: 'x'.repeat(123) });
assert.strictEqual((await end).code, 3000);
