// exec() runs a line in a shell and collects what it writes.

import assert from 'node:assert';
import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(exec);
assert.deepStrictEqual(await run('echo out; echo err >&2'), { stdout: 'out\n', stderr: 'err\n' });
assert.deepStrictEqual(await promisify(execFile)('printf', ['%s-', 'a b', 'c']), {
  stdout: 'a b-c-', stderr: '',
});
const bytes = await run('printf "\\377"', { encoding: 'buffer' });
assert.deepStrictEqual([...bytes.stdout], [255]);
assert.strictEqual((await run('echo $WHO', { env: { WHO: 'me' } })).stdout, 'me\n');
assert.strictEqual((await run('pwd', { cwd: '/' })).stdout, '/\n');

const failed = await run('echo x; echo why >&2; exit 5').catch((error) => error);
assert.strictEqual(failed.message, 'Command failed: echo x; echo why >&2; exit 5\nwhy\n');
assert.deepStrictEqual({ ...failed }, {
  code: 5, killed: false, signal: null, cmd: 'echo x; echo why >&2; exit 5', stdout: 'x\n', stderr: 'why\n',
});

const child = exec('exit 0', (error, stdout) => {
  assert.strictEqual(error, null);
  assert.strictEqual(stdout, '');
});
assert.strictEqual(typeof child.pid, 'number');
const missing = await promisify(execFile)('no-such-program').catch((error) => error);
assert.strictEqual(missing.code, 'ENOENT');
assert.strictEqual(missing.cmd, 'no-such-program');
