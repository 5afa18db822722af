// A Request made of another one has what that has, except what is said anew, and takes its body.
import assert from 'assert';

const first = new Request('http://a.example/x', {
  method: 'POST', body: 'x', headers: { a: '1' }, redirect: 'error',
});
const second = new Request(first, { headers: { b: '2' } });
assert.strictEqual(first.bodyUsed, true);
assert.deepStrictEqual([second.method, second.url, second.redirect], ['POST', 'http://a.example/x', 'error']);
assert.deepStrictEqual([...second.headers], [['b', '2']]);
assert.strictEqual(second.bodyUsed, false);
assert.throws(() => new Request(first), TypeError);

const third = new Request(second, { body: 'y', method: 'PUT' });
assert.strictEqual(second.bodyUsed, false);
assert.strictEqual(await third.text(), 'y');
assert.throws(() => new Request(second, { method: 'GET' }), TypeError);

const copy = second.clone();
copy.headers.set('b', '3');
assert.strictEqual(second.headers.get('b'), '2');
assert.strictEqual(await copy.text(), 'x');
assert.strictEqual(await second.text(), 'x');
assert.throws(() => second.clone(), TypeError);
assert.strictEqual(new Request(new Request('http://a.example')).body, null);
