// A pool has no more than `max` sockets; what is beyond that waits, or is refused.

import assert from 'assert';
import { Pool } from 'krandog:client';
import { closing, event, serve, wait } from '../../support/network.js';

const seen = [];
let connected = 0;
let most = 0;
const { server, url } = await serve({
  websocket: {
    open: () => void (most = Math.max(most, ++connected)),
    close: () => void (connected -= 1),
  },
}, ({ data }) => void seen.push(data));
const pool = new Pool({ max: 2, maxWaiting: 2 });
const [first, second] = await Promise.all([pool.connect(url), pool.connect(url)]);
assert.strictEqual(first.readyState, WebSocket.OPEN);
assert.deepStrictEqual([...pool], [first, second]);

// Beyond that: two wait, no more.
const third = pool.connect(url);
const fourth = pool.connect(url, { protocols: 'none' });
const failure = assert.rejects(fourth, ({ code }) => code === 'WS_HANDSHAKE' || code === 'HTTP_400');
assert.deepStrictEqual([pool.max, pool.size, pool.waiting], [2, 2, 2]);
await assert.rejects(pool.connect(url), { code: 'ERR_POOL_FULL', message: /full \(option max: 2\)/ });
await wait(1);
assert.strictEqual(pool.size, 2);

assert.strictEqual(pool.sendAll('to all'), 2);
first.close();
// Nobody comes between a place that is free and who waits for it.
first.onclose = () => assert.strictEqual(pool.size, 2);
await third;
second.close();
await failure;
assert.deepStrictEqual(seen, ['to all', 'to all']);
assert.strictEqual(pool.size, 1);
assert.ok(most <= 2, most);

await pool.closeAll(4001);
assert.strictEqual((await third).closeInfo.code, 4001);
assert.strictEqual(pool.size, 0);
await server.close();
