// The first use of a global inside of a loop does not disturb the loop.
import assert from 'assert';

const seen = [];
for (const word of ['a', 'b', 'c']) {
  console.assert(true);
  seen.push(word);
}
assert.deepStrictEqual(seen, ['a', 'b', 'c']);
