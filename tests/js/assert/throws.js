// throws() judges what is thrown by a class, pattern, object, error or function.

import assert from 'node:assert';

const run = () => {
  throw Object.assign(new TypeError('wrong thing'), { code: 'E_X' });
};
assert.throws(run);
assert.throws(run, TypeError);
assert.throws(run, /wrong/);
assert.throws(run, { name: 'TypeError', message: 'wrong thing', code: 'E_X' });
assert.throws(run, { message: /thing$/ });
assert.throws(run, Object.assign(new TypeError('wrong thing'), { code: 'E_X' }));
assert.throws(run, (error) => error.code === 'E_X');
const failing = [
  () => assert.throws(() => {}),
  () => assert.throws(() => {}, TypeError),
  () => assert.throws(run, /right/),
  () => assert.throws(run, { code: 'E_Y' }),
  () => assert.throws(run, { missing: 1 }),
  () => assert.throws(run, () => false),
  () => assert.throws(run, RangeError),
  () => assert.doesNotThrow(run),
];
for (const each of failing) assert.throws(each, assert.AssertionError);
assert.doesNotThrow(() => {});
assert.throws(() => assert.throws(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => assert.throws(() => {}, TypeError), /Missing expected exception \(TypeError\)/);
