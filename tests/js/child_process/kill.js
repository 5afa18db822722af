// kill() sends a signal by name or number, and the child ends by it.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

async function ended(child) {
  return new Promise((resolve) => child.on('exit', (...values) => resolve(values)));
}

const child = spawn('sleep', ['100']);
assert.strictEqual(child.kill(0), true);
assert.strictEqual(child.kill(), true);
assert.strictEqual(child.killed, true);
assert.deepStrictEqual(await ended(child), [null, 'SIGTERM']);
assert.strictEqual(child.signalCode, 'SIGTERM');
assert.strictEqual(child.kill(), false);

for (const signal of ['SIGKILL', 9]) {
  const other = spawn('sleep', ['100']);
  other.kill(signal);
  assert.deepStrictEqual(await ended(other), [null, 'SIGKILL']);
}

const last = spawn('sleep', ['100']);
assert.throws(() => last.kill('SIGNOTHING'), {
  name: 'TypeError', code: 'ERR_UNKNOWN_SIGNAL', message: 'Unknown signal: SIGNOTHING',
});
process.kill(last.pid, 'SIGINT');
assert.deepStrictEqual(await ended(last), [null, 'SIGINT']);
