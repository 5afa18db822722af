// No method makes a string of more than 2^29 - 24 units.

import assert from 'assert';

const tooLong = { name: 'RangeError', message: 'Invalid string length' };
const mebi = 'x'.repeat(2 ** 20);
assert.strictEqual(mebi.length, 2 ** 20);

assert.throws(() => 'x'.repeat(2 ** 29), tooLong);
assert.throws(() => 'x'.repeat(2 ** 52), tooLong);
assert.throws(() => mebi.repeat(513), tooLong);
assert.throws(() => 'x'.padStart(2 ** 30), tooLong);
assert.throws(() => 'x'.padEnd(Infinity, 'ab'), tooLong);
assert.throws(() => mebi.concat(...Array.from({ length: 512 }, () => mebi)), tooLong);
assert.throws(() => Array(1024).join(mebi), tooLong);
assert.throws(() => btoa(mebi.repeat(390)), tooLong);

// They are what they were otherwise.
assert.strictEqual('ab'.repeat(3), 'ababab');
assert.strictEqual('ä€'.repeat(2), 'ä€ä€');
assert.strictEqual('a'.repeat(0), '');
assert.strictEqual(''.repeat(2 ** 40), '');
assert.strictEqual('a'.repeat('2.9'), 'aa');
assert.strictEqual(String.prototype.repeat.call(12, 2), '1212');
assert.throws(() => 'a'.repeat(-1), RangeError);
assert.throws(() => 'a'.repeat(Infinity), RangeError);
assert.throws(() => String.prototype.repeat.call(null, 1), TypeError);
assert.strictEqual('abc'.padStart(5, '12'), '12abc');
assert.strictEqual('abc'.padEnd(2 ** 40, ''), 'abc');
assert.strictEqual('a'.concat(1, null), 'a1null');
assert.strictEqual([1, [2, 3], null].join(), '1,2,3,');
assert.strictEqual(Array.prototype.join.call({ length: 2, 0: 'a', 1: 'b' }, '-'), 'a-b');

for (const [prototype, name] of [
  [String.prototype, 'repeat'],
  [String.prototype, 'padStart'],
  [String.prototype, 'padEnd'],
  [String.prototype, 'concat'],
  [Array.prototype, 'join'],
]) {
  const { value, ...rest } = Object.getOwnPropertyDescriptor(prototype, name);
  assert.deepStrictEqual(rest, { writable: true, enumerable: false, configurable: true });
  assert.deepStrictEqual([value.name, value.length], [name, 1]);
  assert.throws(() => new value(), TypeError);
}
