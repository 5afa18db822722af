// A pool of connections: no more than so many, a message to all, and an end of all.

import assert from 'assert';
import { Pool } from 'krandog:client';
import { serve } from '../../../support/network.js';

const seen = [];
const { server, url } = await serve(({ ws, data }) => void seen.push(`${ws.pathname} ${data}`));
const pool = new Pool({ max: 2, maxWaiting: 0 });
assert.strictEqual(pool.max, 2);
const first = await pool.connect(`${url}/1`);
const second = await pool.connect(`${url}/2`);
await assert.rejects(pool.connect(`${url}/3`), { code: 'ERR_POOL_FULL' });
assert.deepStrictEqual([...pool].map(({ pathname }) => pathname), ['/1', '/2']);

assert.strictEqual(pool.sendAll('to all'), 2);
await Promise.all([first.ping(), second.ping()]);
assert.deepStrictEqual(seen.sort(), ['/1 to all', '/2 to all']);
await pool.closeAll(1000);
assert.deepStrictEqual([pool.size, first.readyState, second.readyState], [0, WebSocket.CLOSED, WebSocket.CLOSED]);

// One that has closed makes room.
assert.strictEqual((await pool.connect(url)).readyState, WebSocket.OPEN);
await pool.closeAll();
await server.close();
