// What the system refuses is an Error with code, errno, syscall, path and dest, in all three forms.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-errors-'));
const missing = join(folder, 'missing');
const other = join(folder, 'other');
const file = join(folder, 'file');
fs.writeFileSync(file, 'text');

const told = ({ message, code, errno, syscall, path, dest }) => ({ message, code, errno, syscall, path, dest });
const enoent = (syscall, path = missing, dest = undefined) => ({
  message: `ENOENT: no such file or directory, ${syscall} '${path}'${dest ? ` -> '${dest}'` : ''}`,
  code: 'ENOENT', errno: -2, syscall, path, dest,
});

const calls = [
  ['access', [missing], enoent('access')],
  ['chmod', [missing, 0o600], enoent('chmod')],
  ['chown', [missing, 0, 0], enoent('chown')],
  ['copyFile', [missing, other], enoent('copyfile', missing, other)],
  ['lchown', [missing, 0, 0], enoent('lchown')],
  ['link', [missing, other], enoent('link', missing, other)],
  ['lstat', [missing], enoent('lstat')],
  ['lutimes', [missing, 1, 1], enoent('lutime')],
  ['mkdir', [join(missing, 'a')], enoent('mkdir', join(missing, 'a'))],
  ['readFile', [missing], enoent('open')],
  ['readdir', [missing], enoent('scandir')],
  ['readlink', [missing], enoent('readlink')],
  ['rename', [missing, other], enoent('rename', missing, other)],
  ['rm', [missing], enoent('lstat')],
  ['rmdir', [missing], enoent('rmdir')],
  ['stat', [missing], enoent('stat')],
  ['statfs', [missing], enoent('statfs')],
  ['symlink', ['target', file], {
    message: `EEXIST: file already exists, symlink 'target' -> '${file}'`,
    code: 'EEXIST', errno: -17, syscall: 'symlink', path: 'target', dest: file,
  }],
  ['truncate', [missing], enoent('open')],
  ['unlink', [missing], enoent('unlink')],
  ['utimes', [missing, 1, 1], enoent('utime')],
  ['writeFile', [join(missing, 'a'), ''], enoent('open', join(missing, 'a'))],
  ['readFile', [folder], {
    message: 'EISDIR: illegal operation on a directory, read',
    code: 'EISDIR', errno: -21, syscall: 'read', path: undefined, dest: undefined,
  }],
  ['readdir', [file], {
    message: `ENOTDIR: not a directory, scandir '${file}'`,
    code: 'ENOTDIR', errno: -20, syscall: 'scandir', path: file, dest: undefined,
  }],
  ['rmdir', [folder], {
    message: `ENOTEMPTY: directory not empty, rmdir '${folder}'`,
    code: 'ENOTEMPTY', errno: -39, syscall: 'rmdir', path: folder, dest: undefined,
  }],
];

try {
  for (const [name, given, wanted] of calls) {
    assert.throws(() => fs[`${name}Sync`](...given), (error) => {
      assert(error instanceof Error);
      assert.deepEqual(told(error), wanted, name);
      return true;
    });
    const called = await new Promise((resolve) => { fs[name](...given, (...all) => resolve(all)); });
    assert.equal(called.length, 1);
    assert.deepEqual(told(called[0]), wanted, name);
    await assert.rejects(promises[name](...given), (error) => {
      assert.deepEqual(told(error), wanted, name);
      return true;
    });
  }
  assert.throws(() => fs.fstatSync(99999), {
    message: 'EBADF: bad file descriptor, fstat', code: 'EBADF', errno: -9, syscall: 'fstat',
  });
  assert.throws(() => fs.realpathSync(join(missing, 'x')), { code: 'ENOENT', syscall: 'lstat', path: missing });
  assert.throws(() => fs.realpathSync.native(missing), { code: 'ENOENT', syscall: 'realpath', path: missing });
} finally {
  fs.rmSync(folder, { recursive: true });
}
