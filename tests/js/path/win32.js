// The rules of Windows, on any system.
import assert from 'assert';
import path, { posix, win32 } from 'path';

assert.strictEqual(path.win32, win32);
assert.strictEqual(win32.posix, posix);
assert.strictEqual(path.posix, path);
assert.deepStrictEqual([win32.sep, win32.delimiter], ['\\', ';']);
for (const [call, expected] of [
  [() => win32.normalize('C:/a/../b//c/'), 'C:\\b\\c\\'],
  [() => win32.normalize('C:'), 'C:.'],
  [() => win32.normalize('\\\\server\\share\\a\\..'), '\\\\server\\share\\'],
  [() => win32.normalize('/a/./b'), '\\a\\b'],
  [() => win32.normalize('./C:/a'), '.\\C:\\a'],
  [() => win32.normalize('COM1:'), '.\\COM1:.'],
  [() => win32.normalize('con:a/'), '.\\con:a\\'],
  [() => win32.normalize('COM1:\\..\\b'), '.\\COM1:..\\b'],
  [() => win32.normalize('com10:a'), 'com10:a'],
  [() => win32.join('lpt\u00b2:', 'x'), '.\\lpt\u00b2:x'],
  [() => win32.join('C:\\', 'a', '..', 'b'), 'C:\\b'],
  [() => win32.join('\\\\', 'server'), '\\server'],
  [() => win32.resolve('C:\\a', '..\\b'), 'C:\\b'],
  [() => win32.resolve('C:\\a', 'D:\\b', 'c'), 'D:\\b\\c'],
  [() => win32.resolve('C:\\a', '\\b'), 'C:\\b'],
  [() => win32.relative('C:\\a\\b', 'c:\\A\\d'), '..\\d'],
  [() => win32.relative('C:\\a', 'D:\\b'), 'D:\\b'],
  [() => win32.isAbsolute('C:\\'), true],
  [() => win32.isAbsolute('C:a'), false],
  [() => win32.dirname('C:\\a\\b'), 'C:\\a'],
  [() => win32.dirname('C:\\'), 'C:\\'],
  [() => win32.basename('C:\\a\\b.txt', '.txt'), 'b'],
  [() => win32.basename('C:'), ''],
  [() => win32.extname('a\\b.js'), '.js'],
  [() => win32.toNamespacedPath('C:\\a'), '\\\\?\\C:\\a'],
  [() => win32.toNamespacedPath('\\\\server\\share\\a'), '\\\\?\\UNC\\server\\share\\a'],
  [() => win32.format({ dir: 'C:\\a', base: 'b' }), 'C:\\a\\b'],
]) {
  assert.strictEqual(call(), expected, String(call));
}
assert.deepStrictEqual(win32.parse('\\\\server\\share\\dir\\file.txt'), {
  root: '\\\\server\\share\\', dir: '\\\\server\\share\\dir', base: 'file.txt', ext: '.txt',
  name: 'file',
});
assert.deepStrictEqual(win32.parse('C:file'), {
  root: 'C:', dir: 'C:', base: 'file', ext: '', name: 'file',
});
