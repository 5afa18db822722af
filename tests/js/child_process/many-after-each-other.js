// Hundreds of children one after the other leave neither zombies nor descriptors behind.

import assert from 'node:assert';
import { spawn, execFileSync } from 'node:child_process';

async function run(index) {
  const child = spawn('/bin/true');
  return new Promise((resolve) => child.on('close', resolve));
}

for (let round = 0; round < 20; round++) {
  const codes = await Promise.all(Array.from({ length: 10 }, run));
  assert.ok(codes.every((code) => code === 0));
}
const list = execFileSync('ps', ['-o', 'stat=', '--ppid', `${process.pid}`], { encoding: 'utf8' });
const zombies = list.split('\n').filter((line) => line.startsWith('Z'));
assert.deepStrictEqual(zombies, []);
const open = execFileSync('sh', ['-c', 'ls /proc/$PPID/fd | wc -l'], { encoding: 'utf8' });
assert.ok(Number(open) < 60, `${open} descriptors are open`);
