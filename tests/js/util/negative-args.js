// parseArgs with allowNegative, which newer versions of Node.js have.

import assert from 'node:assert';
import { parseArgs } from 'node:util';

const options = { color: { type: 'boolean' } };
const { values } = parseArgs({ args: ['--no-color'], options, allowNegative: true });
assert.deepStrictEqual({ ...values }, { color: false });
assert.throws(() => parseArgs({ args: ['--no-color'], options }), {
  code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION',
});
