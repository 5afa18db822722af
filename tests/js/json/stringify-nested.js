// A value that is nested too deeply is a RangeError, and does not keep the process busy.

import assert from 'assert';

const nested = (levels, wrap) => {
  let value = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};
const tooDeep = { name: 'RangeError', message: /nested too deeply for JSON: more than 2000/ };

for (const wrap of [(value) => [value], (value) => ({ value }), (value) => [{ value }]]) {
  const deep = nested(100_000, wrap);
  assert.throws(() => JSON.stringify(deep), tooDeep);
  assert.throws(() => JSON.stringify(deep, null, 2), tooDeep);
}
const text = '['.repeat(2000) + 1 + ']'.repeat(2000);
assert.strictEqual(JSON.stringify(nested(2000, (value) => [value])), text);

const cycle = {};
cycle.deep = nested(100, (value) => [value === 1 ? cycle : value]);
assert.throws(() => JSON.stringify(cycle), TypeError);
