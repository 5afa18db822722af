// http.request and http.get: what goes out, and the response with its events.

import assert from 'assert';
import http, { ClientRequest, IncomingMessage, get, request } from 'http';
import { emitted } from '../../support/network.js';

const server = http.createServer((req) => ({
  status: req.pathname === '/404' ? 404 : 200,
  headers: { 'x-a': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] },
  body: JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body: req.body }),
})).listen(0, '127.0.0.1');
const port = server.address().port;

async function text(response) {
  response.setEncoding('utf8');
  let all = '';
  response.on('data', (chunk) => { all += chunk; });
  await emitted(response, 'end');
  return all;
}

const response = await new Promise((resolve) => get(`http://127.0.0.1:${port}/a?b`, resolve));
assert(response instanceof IncomingMessage && response.req instanceof ClientRequest);
assert.strictEqual(response.statusCode, 200);
assert.strictEqual(response.statusMessage, 'OK');
assert.strictEqual(response.httpVersion, '1.1');
assert.strictEqual(response.headers['x-a'], '1, 2');
assert.deepStrictEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
assert(response.rawHeaders.includes('x-a'));
const plain = JSON.parse(await text(response));
assert.deepStrictEqual([plain.method, plain.url], ['GET', '/a?b']);
assert.deepStrictEqual(plain.headers, { host: `127.0.0.1:${port}` });
assert.strictEqual(response.complete, true);

// Written bit by bit, or as a whole.
const options = { host: '127.0.0.1', port, path: '/p', method: 'post', headers: { 'X-One': ['a', 'b'] } };
const parts = request(options);
assert.strictEqual(parts.getHeader('x-one').length, 2);
parts.setHeader('X-Two', 2);
parts.write('hello ');
assert.throws(() => parts.setHeader('X-Three', 3), { code: 'ERR_HTTP_HEADERS_SENT' });
parts.end(new TextEncoder().encode('world'));
const sent = JSON.parse(await text(await emitted(parts, 'response')));
assert.strictEqual(sent.body, 'hello world');
assert.strictEqual(sent.headers['transfer-encoding'], 'chunked');
assert.deepStrictEqual([sent.headers['x-one'], sent.headers['x-two']], ['a, b', '2']);
const whole = request(new URL(`http://user:pa%20ss@127.0.0.1:${port}/`), { method: 'PUT' });
whole.end('abc');
const put = JSON.parse(await text(await emitted(whole, 'response')));
assert.deepStrictEqual([put.body, put.headers['content-length']], ['abc', '3']);
assert.strictEqual(put.headers.authorization, `Basic ${btoa('user:pa ss')}`);
const known = request({ ...options, headers: { 'Content-Length': 4 } });
known.write('ab');
known.end('cd');
assert.strictEqual(JSON.parse(await text(await emitted(known, 'response'))).body, 'abcd');

// By a loop, or by nobody.
let all = '';
const missing = await emitted(get({ port, host: '127.0.0.1', path: '/404' }), 'response');
assert.strictEqual(missing.statusCode, 404);
for await (const chunk of missing) all += new TextDecoder().decode(chunk);
assert.strictEqual(JSON.parse(all).url, '/404');
await emitted(get({ port, host: '127.0.0.1' }), 'close');
server.close();
