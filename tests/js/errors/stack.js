// error.stack: the name and message, then the calls.
import assert from 'assert';

function thrower() {
  throw new TypeError('oops');
}
try {
  thrower();
} catch (error) {
  const [header, first] = error.stack.split('\n');
  assert.strictEqual(header, 'TypeError: oops');
  assert.match(first, /^ {4}at thrower \(.*stack\.js:5:\d+\)$/);
}
const error = new Error('x');
error.stack = 'mine';
assert.strictEqual(error.stack, 'mine');
assert.deepStrictEqual(Object.keys(error), []);
