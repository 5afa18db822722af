// equal, strictEqual and their opposites.

import assert from 'node:assert';

const failing = [
  () => assert.equal(1, 2), () => assert.notEqual(1, '1'), () => assert.strictEqual(1, '1'),
  () => assert.strictEqual(0, -0), () => assert.notStrictEqual(NaN, NaN), () => assert(0),
  () => assert.ok(''), () => assert.ok(), () => assert.fail(), () => assert.ifError(0),
];
for (const run of failing) {
  let caught;
  try {
    run();
  } catch (error) {
    caught = error;
  }
  if (!(caught instanceof assert.AssertionError)) throw new Error(`${run}: ${caught}`);
  if (caught.code !== 'ERR_ASSERTION') throw new Error(caught.code);
  if (caught.name !== 'AssertionError') throw new Error(caught.name);
}
assert.equal(1, '1');
assert.equal(NaN, NaN);
assert.notEqual(1, 2);
assert.strictEqual(NaN, NaN);
assert.notStrictEqual(0, -0);
assert.ifError(null);
assert(true);
