// Exceptions of the engine have a stack too.
import assert from 'assert';

try {
  null.x;
} catch (error) {
  assert.match(error.stack, /^TypeError: .*\n {4}at .*native-stack\.js:5:\d+/);
}
