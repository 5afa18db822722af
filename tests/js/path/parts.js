// dirname, basename, extname, parse and format.
import assert from 'assert';
import path from 'path';

assert.strictEqual(path.dirname('/a/b/'), '/a');
assert.strictEqual(path.dirname('a'), '.');
for (const [given, directory] of [
  ['', '.'], ['/', '/'], ['//', '/'], ['/a', '/'], ['//a', '//'], ['///a', '//'], ['a//b', 'a/'],
  ['a///b//', 'a//'], ['/a//b', '/a/'],
]) {
  assert.strictEqual(path.dirname(given), directory, given);
}
assert.strictEqual(path.basename('/a/b.txt', '.txt'), 'b');
assert.strictEqual(path.basename('.txt', '.txt'), '');
assert.strictEqual(path.extname('.bashrc'), '');
assert.strictEqual(path.extname('a.b.c'), '.c');
assert.strictEqual(path.extname('a.'), '.');
const parsed = path.parse('/home/u/file.txt');
assert.deepStrictEqual(parsed, {
  root: '/', dir: '/home/u', base: 'file.txt', ext: '.txt', name: 'file',
});
assert.strictEqual(path.format(parsed), '/home/u/file.txt');
