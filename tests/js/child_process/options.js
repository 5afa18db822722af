// Options that change how a child runs.

import assert from 'node:assert';
import { execFileSync, spawn, spawnSync } from 'node:child_process';

const text = (file, args, options) => execFileSync(file, args, { encoding: 'utf8', ...options });
assert.strictEqual(text('/bin/sh', ['-c', 'ps -o args= -p $$'], { argv0: 'renamed' }).split(' ')[0], 'renamed');
assert.strictEqual(text('echo "$A"', [], { shell: true, env: { A: 'a b' } }), 'a b\n');
assert.strictEqual(text('echo', ['$0'], { shell: '/bin/sh' }), '/bin/sh\n');
assert.strictEqual(text('env', [], { env: { A: 1, B: undefined, PATH: process.env.PATH } })
  .split('\n').filter((line) => /^[AB]=/.test(line)).join(), 'A=1');
assert.strictEqual(text('pwd', [], { cwd: new URL('file:///') }), '/\n');

// A child that is detached leads a group of its own.
const child = spawn('sh', ['-c', 'ps -o pgid= -p $$'], { detached: true });
let group = '';
child.stdout.on('data', (chunk) => { group += chunk; });
await new Promise((resolve) => child.on('close', resolve));
assert.strictEqual(Number(group), child.pid);

if (process.getuid() === 0) {
  assert.strictEqual(text('id', ['-u'], { uid: 65534, gid: 65534 }), '65534\n');
}
assert.throws(() => spawnSync('true', { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] }), {
  code: 'ERR_IPC_SYNC_FORK',
});
