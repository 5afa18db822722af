// constants: those of os in one object.

import assert from 'node:assert';
import constants from 'node:constants';

assert.deepStrictEqual([constants.SIGINT, constants.ENOENT, constants.PRIORITY_LOW], [2, 2, 19]);
