// sys is util.

import assert from 'node:assert';
import sys from 'node:sys';
import util from 'node:util';

assert.strictEqual(sys.inspect, util.inspect);
