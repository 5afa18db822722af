// The words of CommonJS are not defined, so code that asks hears the truth.
import assert from 'assert';

assert.strictEqual(typeof require, 'undefined');
assert.strictEqual(typeof module, 'undefined');
assert.throws(() => require('fs'), ReferenceError);
