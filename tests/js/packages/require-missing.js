// Packages look at the code to find out what is not installed.
import assert from 'assert';
import { code, file, message } from 'lacking';

assert.deepEqual([code, file], ['MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);
assert.match(message, /npm install not-there/);
