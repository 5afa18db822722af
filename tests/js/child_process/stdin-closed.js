// Writing to a child that does not read any more is an error of the stream, and not of the program.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('sh', ['-c', 'exec <&-; echo closed; read x; exec sleep 100']);
await new Promise((resolve) => child.stdout.once('data', resolve));
const error = await new Promise((resolve) => {
  child.stdin.on('error', resolve);
  const write = () => {
    if (!child.stdin.destroyed) child.stdin.write('x', () => setImmediate(write));
  };
  write();
});
assert.strictEqual(error.code, 'EPIPE');
assert.strictEqual(error.message, 'write EPIPE');
child.kill('SIGKILL');
await new Promise((resolve) => child.on('close', resolve));
