// A script of one's own with the ending .cjs is CommonJS.
import assert from 'assert';
import { helper, plain } from './own/helper.cjs';

assert.deepEqual([helper, plain], [true, 'plain']);
