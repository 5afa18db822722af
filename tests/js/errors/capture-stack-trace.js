// Error.captureStackTrace gives any object a stack, without the calls above a function.
import assert from 'assert';

const object = { name: 'Trace', message: 'here' };
function outer() {
  inner();
}
function inner() {
  Error.captureStackTrace(object, inner);
}
outer();
assert.match(object.stack, /^Trace: here\n {4}at outer \(/);
assert.deepStrictEqual(Object.keys(object), ['name', 'message']);
