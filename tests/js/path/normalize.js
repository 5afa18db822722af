// normalize and join take dots and doubled slashes out.
import assert from 'assert';
import path from 'path';

const normal = {
  '': '.', '/': '/', '//': '/', 'a//b///c/': 'a/b/c/', 'a/b/../c': 'a/c', '../x/./y/': '../x/y/',
  '/..': '/', 'foo/../../bar': '../bar', './a': 'a', './': './',
};
for (const [given, wanted] of Object.entries(normal)) {
  assert.strictEqual(path.normalize(given), wanted);
}
assert.strictEqual(path.join('/a', '..', 'b', '', './c'), '/b/c');
assert.strictEqual(path.join(), '.');
assert.throws(() => path.join(1), { code: 'ERR_INVALID_ARG_TYPE' });
