// A child that writes without end is ended when its time is over.

import assert from 'assert';
import { spawnSync } from 'child_process';

const { error } = spawnSync('yes', { timeout: 200, maxBuffer: Infinity });
assert.strictEqual(error.code, 'ETIMEDOUT');
