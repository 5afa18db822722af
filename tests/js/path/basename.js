// basename with a suffix, where Node's answers surprise.
import assert from 'assert';
import path from 'path';

for (const [given, suffix, name] of [
  ['.js', '.js', ''], ['a', 'a', ''], ['///', 'c', '///'], ['/', 'a', '/'], ['///', 'long', ''],
  ['/a', 'a', 'a'], ['a/', 'a', 'a'], ['dir/b.js', '.js', 'b'], ['b.js/', 'b.js', 'b.js'],
  ['b.js', 's', 'b.j'], ['b.js', '', 'b.js'], ['/..//', 'x..', '..//'], ['a/b//', 'xb', 'b//'],
]) {
  assert.strictEqual(path.basename(given, suffix), name, `basename('${given}', '${suffix}')`);
}
assert.deepStrictEqual(path.parse('/..'), { root: '/', dir: '/', base: '..', ext: '.', name: '.' });
assert.deepStrictEqual(path.parse('a/..'), { root: '', dir: 'a', base: '..', ext: '', name: '..' });
assert.strictEqual(path.dirname('/'), '/');
