// The lines and columns of a CommonJS file are those of its text.
import assert from 'assert';
import { fail } from 'throws-later';

let stack;
try {
  fail();
} catch (error) {
  stack = error.stack;
}
assert.match(stack, /throws-later\/index\.js:2:\d+/);

const { oneLine } = await import('one-line');
assert.match((() => {
  try {
    oneLine();
  } catch (error) {
    return error.stack;
  }
})(), /one-line\/index\.js:1:46/);
