// Arrays: holes, named keys, more than a hundred items, columns.
import assert from 'assert';
import { inspect } from 'util';

assert.strictEqual(inspect([]), '[]');
assert.strictEqual(inspect([1, , 3, , ,]), '[ 1, <1 empty item>, 3, <2 empty items> ]');
assert.strictEqual(inspect(Object.assign([1], { x: 2 })), '[ 1, x: 2 ]');
const long = inspect(Array.from({ length: 120 }, (_, index) => index)).split('\n');
assert.strictEqual(long[1], '   0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11,');
assert.strictEqual(long.at(-2), '  ... 20 more items');
const words = Array.from({ length: 8 }, (_, index) => 'w'.repeat(index % 4 + 1));
assert.strictEqual(inspect(words), `[
  'w',   'ww',
  'www', 'wwww',
  'w',   'ww',
  'www', 'wwww'
]`);
