// process.getBuiltinModule finds built-ins, and nothing else.

import assert from 'node:assert';
import path from 'node:path';

assert.strictEqual(process.getBuiltinModule('node:path'), path);
assert.strictEqual(process.getBuiltinModule('path'), path);
assert.strictEqual(process.getBuiltinModule('./path'), undefined);
assert.throws(() => process.getBuiltinModule(5), { code: 'ERR_INVALID_ARG_TYPE' });
