// append, delete, get, has, set and getSetCookie take names in any case.
import assert from 'assert';

const headers = new Headers();
headers.append('X-One', '1');
headers.append('x-one', '2');
assert.strictEqual(headers.get('X-ONE'), '1, 2');
headers.set('x-oNe', '3');
assert.strictEqual(headers.get('x-one'), '3');
assert.strictEqual(headers.has('X-one'), true);
assert.strictEqual(headers.delete('X-ONE'), undefined);
assert.strictEqual(headers.has('x-one'), false);
assert.strictEqual(headers.get('x-one'), null);
headers.append('empty', '');
assert.strictEqual(headers.get('empty'), '');

headers.append('set-cookie', 'a=1');
headers.append('Set-Cookie', 'b=2, c');
assert.deepStrictEqual(headers.getSetCookie(), ['a=1', 'b=2, c']);
assert.strictEqual(headers.get('set-cookie'), 'a=1, b=2, c');
headers.set('set-cookie', 'd=3');
assert.deepStrictEqual(headers.getSetCookie(), ['d=3']);

for (const method of ['append', 'set']) {
  assert.throws(() => headers[method]('a'), { code: 'ERR_MISSING_ARGS' });
}
for (const method of ['delete', 'get', 'has']) {
  assert.throws(() => headers[method](), { code: 'ERR_MISSING_ARGS' });
  assert.throws(() => headers[method]('a b'), TypeError);
  assert.throws(() => Headers.prototype[method].call({}, 'a'), { code: 'ERR_INVALID_THIS' });
}
assert.strictEqual(Headers.prototype.append.length, 2);
assert.strictEqual(Headers.length, 0);
assert.strictEqual(Object.prototype.toString.call(headers), '[object Headers]');
