// Holes of an array are counted, not walked through.

import assert from 'assert';
import { inspect } from 'util';

assert.strictEqual(inspect(new Array(2 ** 32 - 1)), '[ <4294967295 empty items> ]');
const sparse = [1];
sparse[5] = 2;
sparse[1_000_000_000] = 3;
assert.strictEqual(inspect(sparse), '[ 1, <4 empty items>, 2, <999999994 empty items>, 3 ]');
assert.strictEqual(inspect([, 'a', ,]), "[ <1 empty item>, 'a', <1 empty item> ]");
