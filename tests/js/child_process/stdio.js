// stdio: pipes, nothing, descriptors of this process, streams that have one.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

async function end(child) {
  return new Promise((resolve) => child.on('close', resolve));
}

const silent = spawn('sh', ['-c', 'echo lost; cat; exit 4'], { stdio: 'ignore' });
assert.deepStrictEqual(silent.stdio, [null, null, null]);
assert.strictEqual(await end(silent), 4);

const mixed = spawn('sh', ['-c', 'echo out; echo err >&2'], { stdio: ['ignore', 'pipe', 'inherit'] });
assert.strictEqual(mixed.stdin, null);
assert.strictEqual(mixed.stderr, null);
let text = '';
mixed.stdout.on('data', (chunk) => { text += chunk; });
await end(mixed);
assert.strictEqual(text, 'out\n');

const both = spawn('sh', ['-c', 'true'], { stdio: [0, process.stdout, 2] });
assert.deepStrictEqual(both.stdio, [null, null, null]);
assert.strictEqual(await end(both), 0);

assert.throws(() => spawn('true', { stdio: 'foo' }), {
  name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE', message: "The argument 'stdio' is invalid. Received 'foo'",
});
assert.throws(() => spawn('true', { stdio: ['pipe', {}] }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => spawn('true', { stdio: ['ipc', 'pipe', 'pipe', 'ipc'] }), { code: 'ERR_IPC_ONE_PIPE' });
