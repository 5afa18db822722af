// spawnSync(), execSync() and execFileSync() wait for the child and return what it wrote.

import assert from 'node:assert';
import { execFileSync, execSync, spawnSync } from 'node:child_process';

const { pid, ...result } = spawnSync('sh', ['-c', 'cat; echo err >&2; exit 3'], {
  input: 'given', encoding: 'utf8',
});
assert.ok(pid > 0);
assert.deepStrictEqual(result, {
  status: 3, signal: null, output: [null, 'given', 'err\n'], stdout: 'given', stderr: 'err\n',
});
assert.ok(Buffer.isBuffer(spawnSync('true').stdout));
assert.strictEqual(spawnSync('sh', ['-c', 'kill -9 $$']).signal, 'SIGKILL');
assert.strictEqual(spawnSync('true', { stdio: 'ignore' }).stdout, null);

const missing = spawnSync('no-such-program', ['x']);
assert.strictEqual(missing.error.message, 'spawnSync no-such-program ENOENT');
assert.strictEqual(missing.error.code, 'ENOENT');
assert.deepStrictEqual([missing.status, missing.output, missing.pid], [null, null, 0]);

const late = spawnSync('sleep', ['100'], { timeout: 20 });
assert.deepStrictEqual([late.error.code, late.status, late.signal], ['ETIMEDOUT', null, 'SIGTERM']);
const much = spawnSync('yes', { maxBuffer: 4 });
assert.strictEqual(much.error.code, 'ENOBUFS');
assert.ok(String(much.stdout).startsWith('y\ny\n'));

assert.strictEqual(execSync('echo $((6 * 7))', { encoding: 'utf8' }), '42\n');
assert.strictEqual(String(execFileSync('cat', { input: Buffer.from('bytes') })), 'bytes');
assert.strictEqual(execFileSync('pwd', { cwd: '/', encoding: 'utf8' }), '/\n');
assert.throws(() => execSync('echo why >&2; exit 7', { stdio: 'pipe' }), (error) => {
  assert.strictEqual(error.message, 'Command failed: echo why >&2; exit 7\nwhy\n');
  assert.strictEqual(error.status, 7);
  assert.strictEqual(String(error.stderr), 'why\n');
  return true;
});
assert.throws(() => execFileSync('no-such-program'), { code: 'ENOENT' });
const large = execFileSync('cat', { input: Buffer.alloc(1 << 20, 'x'), maxBuffer: Infinity });
assert.strictEqual(large.length, 1 << 20);
