// Streams of a test are no terminals.
import assert from 'assert';
import tty, { isatty } from 'node:tty';

assert.equal(tty.isatty, isatty);
assert.deepEqual([1, 2, 17, -1, 'x'].map(isatty), [false, false, false, false, false]);
