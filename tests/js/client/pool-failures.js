// A pool whose sockets do not open, and calls that give up.

import assert from 'assert';
import { Pool } from 'krandog:client';
import { event, serve } from '../../support/network.js';

const { server, url } = await serve({
  websocket: { upgrade: ({ pathname }) => pathname !== '/no' },
});
const pool = new Pool({ max: 1 });
await assert.rejects(pool.connect(`${url}/no`), { code: 'HTTP_403' });
await assert.rejects(pool.connect('http:'), { name: 'SyntaxError' });
assert.strictEqual(pool.size, 0);

const ws = await pool.connect(url);
const wrong = assert.rejects(pool.connect('no url'), { name: 'SyntaxError' });
const refused = assert.rejects(pool.connect(`${url}/no`), { code: 'HTTP_403' });
const last = pool.connect(url);
const aborted = pool.connect(url, { signal: AbortSignal.abort(new Error('before')) });
await assert.rejects(aborted, { message: 'before' });
const controller = new AbortController();
const given = pool.connect(url, { signal: controller.signal });
controller.abort(new Error('never mind'));
await assert.rejects(given, { message: 'never mind' });
assert.strictEqual(pool.waiting, 3);

// Those who wait come one after the other, whatever became of those before them.
ws.close();
await Promise.all([wrong, refused]);
assert.strictEqual((await last).readyState, WebSocket.OPEN);
const never = assert.rejects(pool.connect(url), { code: 'ERR_POOL_CLOSED' });
await pool.closeAll();
await never;
assert.deepStrictEqual([pool.size, pool.waiting], [0, 0]);

// A pool that lets nobody wait.
const strict = new Pool({ max: 1, maxWaiting: 0 });
await strict.connect(url);
await assert.rejects(strict.connect(url), { code: 'ERR_POOL_FULL' });
await strict.closeAll();

assert.throws(() => new Pool({ max: 0 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => new Pool({ maximum: 1 }), { message: /unknown option maximum/ });
await server.close();
