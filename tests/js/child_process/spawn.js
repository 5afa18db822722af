// A child runs while the script does: what it writes comes as chunks, then 'exit', then 'close'.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('sh', ['-c', 'echo out; echo err >&2; exit 3']);
assert.strictEqual(typeof child.pid, 'number');
assert.strictEqual(child.spawnfile, 'sh');
assert.deepStrictEqual(child.spawnargs, ['sh', '-c', 'echo out; echo err >&2; exit 3']);
assert.deepStrictEqual([child.exitCode, child.signalCode, child.killed], [null, null, false]);
assert.deepStrictEqual(child.stdio, [child.stdin, child.stdout, child.stderr]);

const told = [];
let [out, err] = ['', ''];
child.stdout.setEncoding('utf8').on('data', (chunk) => { out += chunk; });
child.stderr.setEncoding('utf8').on('data', (chunk) => { err += chunk; });
for (const name of ['spawn', 'exit', 'close']) {
  child.on(name, (...values) => told.push([name, ...values]));
}
await new Promise((resolve) => child.on('close', resolve));
assert.strictEqual(out, 'out\n');
assert.strictEqual(err, 'err\n');
assert.deepStrictEqual(told, [['spawn'], ['exit', 3, null], ['close', 3, null]]);
assert.deepStrictEqual([child.exitCode, child.signalCode], [3, null]);
assert.strictEqual(child.kill(), false);
