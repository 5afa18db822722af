// A child that cannot be started is an 'error' event, and there is no exit.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

async function failure(file, args, options) {
  const child = spawn(file, args, options);
  assert.strictEqual(child.pid, undefined);
  const told = [];
  child.on('exit', () => told.push('exit'));
  child.on('spawn', () => told.push('spawn'));
  child.on('error', () => told.push('error'));
  child.on('close', (code) => told.push(code));
  const error = await new Promise((resolve) => child.on('error', resolve));
  await new Promise((resolve) => child.on('close', resolve));
  assert.deepStrictEqual(told, ['error', error.errno]);
  return error;
}

const error = await failure('no-such-program', ['a', 'b']);
assert.ok(error instanceof Error);
assert.strictEqual(error.message, 'spawn no-such-program ENOENT');
assert.deepStrictEqual({ ...error }, {
  errno: -2,
  code: 'ENOENT',
  syscall: 'spawn no-such-program',
  path: 'no-such-program',
  spawnargs: ['a', 'b'],
});
assert.strictEqual((await failure('/etc/passwd', [])).code, 'EACCES');
assert.strictEqual((await failure('true', [], { cwd: '/no-such-directory' })).code, 'ENOENT');
