// exitCode takes integers only.
import assert from 'assert';

assert.strictEqual(process.exitCode, undefined);
process.exitCode = 3;
assert.strictEqual(process.exitCode, 3);
assert.throws(() => {
  process.exitCode = 'x';
}, { code: 'ERR_INVALID_ARG_TYPE' });
process.exitCode = undefined;
