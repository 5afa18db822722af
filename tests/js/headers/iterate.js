// Headers iterate in order, with equal names joined and live while they change.
import assert from 'assert';

const headers = new Headers([['c', '1'], ['A', '2'], ['b', '3'], ['a', '4'], ['set-cookie', 'x'], ['Set-Cookie', 'y']]);
const expected = [['a', '2, 4'], ['b', '3'], ['c', '1'], ['set-cookie', 'x'], ['set-cookie', 'y']];
assert.deepStrictEqual([...headers], expected);
assert.deepStrictEqual([...headers.entries()], expected);
assert.deepStrictEqual([...headers.keys()], expected.map(([name]) => name));
assert.deepStrictEqual([...headers.values()], expected.map(([, value]) => value));
assert.strictEqual(Headers.prototype[Symbol.iterator], Headers.prototype.entries);

const seen = [];
const receiver = {};
headers.forEach(function each(value, name, all) {
  assert.strictEqual(this, receiver);
  assert.strictEqual(all, headers);
  seen.push([name, value]);
}, receiver);
assert.deepStrictEqual(seen, expected);

const live = new Headers({ a: '1', b: '2', d: '4' });
const names = [];
for (const [name] of live) {
  names.push(name);
  if (name === 'a') live.append('c', '3');
  if (name === 'b') live.delete('a');
}
// After 'b', at index 2, stands 'd': the one before it is gone.
assert.deepStrictEqual(names, ['a', 'b', 'd']);

const iterator = headers.keys();
assert.strictEqual(String(iterator), '[object Headers Iterator]');
assert.strictEqual(iterator[Symbol.iterator](), iterator);
assert.throws(() => iterator.next.call(new URLSearchParams().keys()), { code: 'ERR_INVALID_THIS' });
assert.throws(() => Headers.prototype.keys.call({}), { code: 'ERR_INVALID_THIS' });
assert.throws(() => headers.forEach(1), { code: 'ERR_INVALID_ARG_TYPE' });
