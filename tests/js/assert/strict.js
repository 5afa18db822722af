// assert/strict is strict under the short names.

import assert from 'node:assert';

import strict, { deepEqual, equal } from 'node:assert/strict';

assert.strictEqual(strict, assert.strict);
assert.strictEqual(equal, assert.strictEqual);
assert.strictEqual(strict.strict, strict);
assert.throws(() => strict.equal(1, '1'), assert.AssertionError);
assert.throws(() => deepEqual([1], ['1']), assert.AssertionError);
strict(1);
