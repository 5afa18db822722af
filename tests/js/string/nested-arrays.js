// An array that is nested too deeply for a string is a RangeError, and no overflow of the stack.

import assert from 'assert';

const nested = (levels) => {
  let array = [];
  for (let level = 1; level < levels; level++) array = [array];
  return array;
};
const tooDeep = { name: 'RangeError', message: /nested too deeply for a string/ };
for (const text of [String, (array) => array.join(), (array) => `${array}`, (array) => array + '']) {
  assert.strictEqual(text(nested(1000)), '');
  assert.throws(() => text(nested(1001)), tooDeep);
  assert.throws(() => text(nested(100_000)), tooDeep);
}
assert.strictEqual(String([1, [2, [3]]]), '1,2,3');
