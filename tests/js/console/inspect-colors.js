// Colours go around values, and do not count when lines are broken.
import assert from 'assert';
import { inspect } from 'util';

const text = "[ \x1b[33m1\x1b[39m, \x1b[32m'a'\x1b[39m ]";
assert.strictEqual(inspect([1, 'a'], { colors: true }), text);
assert.strictEqual(inspect(null, { colors: true }), '\x1b[1mnull\x1b[22m');
