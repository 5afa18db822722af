// Names of system errors by their numbers.

import assert from 'node:assert';
import { getSystemErrorMap, getSystemErrorName } from 'node:util';

assert.strictEqual(getSystemErrorName(-2), 'ENOENT');
assert.strictEqual(getSystemErrorName(-110), 'ETIMEDOUT');
assert.strictEqual(getSystemErrorName(-5000), 'Unknown system error -5000');
assert.deepStrictEqual(getSystemErrorMap().get(-17), ['EEXIST', 'file already exists']);
assert.deepStrictEqual(getSystemErrorMap().get(-3008), ['EAI_NONAME', 'unknown node or service']);
assert.throws(() => getSystemErrorName(2), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => getSystemErrorName('2'), { code: 'ERR_INVALID_ARG_TYPE' });
