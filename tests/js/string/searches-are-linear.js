// To split, search and replace a text takes a time that grows with its length, not with its square:
// a megabyte would take the minutes that this test does not have.

import assert from 'assert';

const lines = 200_000;
for (const text of ['abcd\n'.repeat(lines), 'ab\u{20AC}d\n'.repeat(lines)]) {
  assert.strictEqual(text.split('\n').length, lines + 1);
  assert.strictEqual(text.replaceAll('\n', '; ').length, lines * 6);
  let found = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) found++;
  assert.strictEqual(found, lines);
}

const text = 'abcd\n'.repeat(40_000);
assert.strictEqual(text.split(/\n/).length, 40_001);
assert.strictEqual(text.match(/\n/g).length, 40_000);
assert.strictEqual([...text.matchAll(/\n/g)].length, 40_000);
assert.strictEqual(text.replace(/\n/g, '; ').length, 240_000);
