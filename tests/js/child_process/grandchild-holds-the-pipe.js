// 'exit' comes when the child ends; 'close' waits for a grandchild that has its pipes.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('sh', ['-c', 'sleep 100 & echo $!; wait']);
const grandchild = await new Promise((resolve) => {
  child.stdout.once('data', (chunk) => resolve(Number(chunk)));
});
const told = [];
child.on('exit', (code, signal) => told.push(signal));
child.on('close', () => told.push('close'));
child.kill('SIGKILL');
await new Promise((resolve) => child.on('exit', resolve));
await new Promise((resolve) => setImmediate(resolve));
assert.deepStrictEqual(told, ['SIGKILL']);
process.kill(grandchild, 'SIGKILL');
await new Promise((resolve) => child.on('close', resolve));
assert.deepStrictEqual(told, ['SIGKILL', 'close']);
