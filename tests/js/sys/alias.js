// sys is util, and constants those of os.

import assert from 'node:assert';
import constants from 'node:constants';
import sys from 'node:sys';
import util from 'node:util';

assert.strictEqual(sys.inspect, util.inspect);
assert.deepStrictEqual([constants.SIGINT, constants.ENOENT], [2, 2]);
