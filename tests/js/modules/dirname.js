// __dirname and __filename answer for the module that reads them.
import assert from 'assert';
import path from 'path';

assert.strictEqual(__filename, import.meta.filename);
assert.strictEqual(__dirname, path.dirname(import.meta.filename));
assert.strictEqual((() => __filename)(), import.meta.filename);
