// What goes out: the method, the target, the fields of the script and those that are added.

import assert from 'assert';
import { serve } from '../../support/fetch.js';

const { server, url } = await serve((req) => JSON.stringify({
  method: req.method, url: req.url, headers: req.headers, body: req.body,
}));
const asked = async (...args) => (await fetch(...args)).json();

const plain = await asked(`${url}/a b?c=d e#f`);
assert.strictEqual(plain.method, 'GET');
assert.strictEqual(plain.url, '/a%20b?c=d%20e');
assert.deepStrictEqual(plain.headers, {
  host: new URL(url).host,
  accept: '*/*',
  'user-agent': navigator.userAgent,
  'accept-encoding': 'gzip, deflate, br, zstd',
});

const headers = { Accept: 'text/html', 'X-Own': 'caf\u00e9', 'user-agent': 'me' };
const own = await asked(new URL(url), { method: 'patch', headers, body: 'x' });
assert.strictEqual(own.method, 'patch');
assert.strictEqual(own.headers.accept, 'text/html');
assert.strictEqual(own.headers['user-agent'], 'me');
assert.strictEqual(own.headers['x-own'], 'caf\u00e9');
// A part of a coded content could not be decoded.
const part = await asked(url, { headers: { range: 'bytes=0-1' } });
assert.strictEqual(part.headers['accept-encoding'], 'identity');
assert.strictEqual((await asked(url, { decompress: false })).headers['accept-encoding'], undefined);

for (const method of ['DELETE', 'OPTIONS', 'put', 'post']) {
  const { method: sent, headers: fields } = await asked(url, { method });
  assert.strictEqual(sent, method.toUpperCase());
  assert.strictEqual(fields['content-length'], /^p/.test(method) ? '0' : undefined);
}

const text = 'text/plain;charset=UTF-8';
for (const [body, type, received] of [
  ['h\u00e9', text, 'h\u00e9'],
  [new Uint8Array([104, 105]), undefined, 'hi'],
  [new Uint8Array([104, 105]).buffer, undefined, 'hi'],
  [new Blob(['<p>'], { type: 'text/html' }), 'text/html', '<p>'],
  [new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
  ['', text, ''],
  ['x'.repeat(100_000), text, 'x'.repeat(100_000)],
]) {
  const { headers: fields, body: sent } = await asked(url, { method: 'POST', body });
  assert.strictEqual(sent, received);
  assert.strictEqual(fields['content-type'], type);
  assert.strictEqual(fields['content-length'], String(new TextEncoder().encode(received).length));
}

const request = new Request(url, { method: 'POST', body: 'mine', headers: { 'x-a': '1' } });
const sent = await asked(request, { headers: { 'x-b': '2' } });
assert.deepStrictEqual([sent.method, sent.body], ['POST', 'mine']);
assert.deepStrictEqual([sent.headers['x-a'], sent.headers['x-b']], [undefined, '2']);
assert.strictEqual(request.bodyUsed, true);
await assert.rejects(fetch(request), TypeError);
server.close();
