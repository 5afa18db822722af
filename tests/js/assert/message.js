// The message says what differs, and the error carries both values.

import assert from 'node:assert';

function caught(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
}
const simple = caught(() => assert.strictEqual(1, 2));
assert.strictEqual(simple.message, 'Expected values to be strictly equal:\n\n1 !== 2\n');
assert.strictEqual(simple.actual, 1);
assert.strictEqual(simple.expected, 2);
assert.strictEqual(simple.operator, 'strictEqual');
assert.strictEqual(simple.generatedMessage, true);
const deep = caught(() => assert.deepStrictEqual({ a: 1, b: 2 }, { a: 1, b: 3 })).message;
assert.match(deep, /^Expected values to be strictly deep-equal:\n/);
assert.match(deep, /\n\+   b: 2\n-   b: 3\n/);
const own = caught(() => assert.equal(1, 2, 'mine'));
assert.strictEqual(own.message, 'mine');
assert.strictEqual(own.generatedMessage, false);
const error = new RangeError('r');
assert.strictEqual(caught(() => assert.ok(false, error)), error);
assert.strictEqual(caught(() => assert.fail('f')).message, 'f');
