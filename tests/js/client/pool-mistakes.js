// A mistake is named at once, and changes nothing.

import assert from 'assert';
import { closeAll, Pool } from 'krandog:client';
import { serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const pool = new Pool({ max: 1 });
const ws = await pool.connect(url);
let settled = false;
const waiting = pool.connect(url);
waiting.then(() => {}, () => {}).then(() => {
  settled = true;
});

for (const signal of [7, 'x', null, {}]) {
  await assert.rejects(pool.connect(url, { signal }),
    { code: 'ERR_INVALID_ARG_TYPE', message: /option signal must be an AbortSignal/ });
}
await assert.rejects(pool.connect(url, { maxPayloud: 7 }), { message: /did you mean maxPayload/ });
assert.strictEqual(pool.waiting, 1);

for (const how of [[5], [1001], [1000, 'x'.repeat(124)], [{ code: 5 }], [{ cod: 1000 }]]) {
  await assert.rejects(pool.closeAll(...how));
  await assert.rejects(closeAll(...how));
  // Also where there is nothing to close.
  await assert.rejects(new Pool().closeAll(...how));
}
await null;
assert.deepStrictEqual([pool.waiting, pool.size, settled], [1, 1, false]);
assert.strictEqual(ws.readyState, WebSocket.OPEN);
const dropped = assert.rejects(waiting, { code: 'ERR_POOL_CLOSED' });
await pool.closeAll({ code: 1001 });
await dropped;
assert.strictEqual(ws.closeInfo.code, 1001);
await server.close();
