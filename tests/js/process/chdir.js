// chdir moves the process, and fails as system calls do.
import assert from 'assert';

process.chdir('/');
assert.strictEqual(process.cwd(), '/');
assert.throws(() => process.chdir('/does/not/exist'), {
  code: 'ENOENT', syscall: 'chdir', errno: -2, path: '/does/not/exist',
});
assert.throws(() => process.chdir(5), { code: 'ERR_INVALID_ARG_TYPE' });
