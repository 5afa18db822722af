// How a request of http.request fails, is ended and times out.

import assert from 'assert';
import http, { Agent, get, request } from 'http';
import https from 'https';
import { emitted } from '../../support/network.js';

const server = http.createServer(() => new Promise(() => {})).listen(0, '127.0.0.1');
const port = server.address().port;
const host = '127.0.0.1';

const refused = get({ host, port: 1 });
const closed = emitted(refused, 'close');
const error = await emitted(refused, 'error');
assert.strictEqual(error.code, 'ECONNREFUSED');
await closed;

const ended = get({ host, port });
setTimeout(() => ended.destroy(), 10);
assert.strictEqual((await emitted(ended, 'error')).code, 'ECONNRESET');
assert.strictEqual(ended.destroyed, true);

const mine = new Error('mine');
assert.strictEqual(await emitted(get({ host, port }).destroy(mine), 'error'), mine);

const late = request({ host, port, timeout: 20 }).end();
await emitted(late, 'timeout');
const over = emitted(late, 'close');
late.on('error', () => {});
late.destroy();
await over;

const controller = new AbortController();
const aborted = get({ host, port, signal: controller.signal });
controller.abort();
const reason = await emitted(aborted, 'error');
assert.deepStrictEqual([reason.name, reason.code], ['AbortError', 'ABORT_ERR']);

assert.throws(() => get('https://localhost/'), { code: 'ERR_INVALID_PROTOCOL' });
assert.throws(() => https.get('http://localhost/'), { code: 'ERR_INVALID_PROTOCOL' });
assert.throws(() => get('nonsense'), { code: 'ERR_INVALID_URL' });
assert.throws(() => request({ host, port, method: 'a b' }), { code: 'ERR_INVALID_HTTP_TOKEN' });
assert.throws(() => request({ host, port }).write(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => request({ host, port, headers: { 'x-a': 'b\r\nc: d' } }), { code: 'ERR_INVALID_CHAR' });

assert(new Agent({ keepAlive: true }) instanceof Agent && http.globalAgent instanceof Agent);
class Own extends Agent {}
assert(new Own() instanceof Agent && new https.Agent() instanceof Agent);
process.exit(0);
