// A Response has the status, the text of it, the headers and the body that it is made of.
import assert from 'assert';

const plain = new Response();
assert.deepStrictEqual(
  [plain.status, plain.statusText, plain.ok, plain.type, plain.url, plain.redirected, plain.body],
  [200, '', true, 'default', '', false, null],
);
assert.deepStrictEqual([...plain.headers], []);
assert.strictEqual(plain.headers, plain.headers);
assert.strictEqual(plain.bodyUsed, false);

const made = new Response('x', { status: 404, statusText: 'Nope\u00e9', headers: { a: 'b' } });
assert.deepStrictEqual([made.status, made.statusText, made.ok], [404, 'Nope\u00e9', false]);
assert.deepStrictEqual([...made.headers], [['a', 'b'], ['content-type', 'text/plain;charset=UTF-8']]);

// The type of a body, unless the headers have one.
for (const [body, type] of [
  ['', 'text/plain;charset=UTF-8'], [5, 'text/plain;charset=UTF-8'],
  [new URLSearchParams('a=b'), 'application/x-www-form-urlencoded;charset=UTF-8'],
  [new Blob(['x']), null], [new Blob(['x'], { type: 'a/b' }), 'a/b'],
  [new Uint8Array(2), null], [new ArrayBuffer(2), null], [new DataView(new ArrayBuffer(2)), null],
  [null, null], [undefined, null],
]) {
  assert.strictEqual(new Response(body).headers.get('content-type'), type);
  const own = new Response(body, { headers: { 'Content-Type': 'own/type' } });
  assert.strictEqual(own.headers.get('content-type'), 'own/type');
}

for (const status of [199, 600, 0, 1000, -1, NaN]) {
  assert.throws(() => new Response('', { status }), RangeError, String(status));
}
for (const status of [204, 205, 304]) {
  assert.throws(() => new Response('', { status }), TypeError);
  assert.strictEqual(new Response(null, { status }).status, status);
}
assert.throws(() => new Response('', { statusText: 'a\nb' }), TypeError);
assert.throws(() => new Response('', { statusText: '水' }), TypeError);
assert.throws(() => new Response('', { headers: { 'a b': 'c' } }), TypeError);
assert.throws(() => new Response('', 1), TypeError);
assert.throws(() => Response(), TypeError);
assert.strictEqual(new Response('', { status: '201.9' }).status, 201);
