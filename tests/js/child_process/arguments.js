// Wrong arguments are told at once.

import assert from 'node:assert';
import { exec, execFile, fork, spawn, spawnSync } from 'node:child_process';

const type = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
const value = { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' };
for (const start of [spawn, spawnSync]) {
  assert.throws(() => start(), type);
  assert.throws(() => start(''), { ...value, message: "The argument 'file' cannot be empty. Received ''" });
  assert.throws(() => start('true\0'), value);
  assert.throws(() => start('true', ['\0']), value);
  assert.throws(() => start('true', 5), type);
  assert.throws(() => start('true', [], 5), type);
  assert.throws(() => start('true', { cwd: 5 }), type);
  assert.throws(() => start('true', { detached: 'x' }), type);
  assert.throws(() => start('true', { uid: 1.5 }), type);
  assert.throws(() => start('true', { shell: 5 }), type);
  assert.throws(() => start('true', { argv0: 5 }), type);
  assert.throws(() => start('true', { env: { A: 'a\0b' } }), value);
  assert.throws(() => start('true', { timeout: -1 }), { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
  assert.throws(() => start('true', { killSignal: 'SIGNO' }), { code: 'ERR_UNKNOWN_SIGNAL' });
}
assert.throws(() => spawnSync('true', { maxBuffer: -1 }), {
  name: 'RangeError',
  code: 'ERR_OUT_OF_RANGE',
  message: 'The value of "options.maxBuffer" is out of range. It must be a positive number. Received -1',
});
assert.throws(() => exec(), type);
assert.throws(() => execFile('true', [], 5), type);
assert.throws(() => execFile('true', [], {}, 5), type);
assert.throws(() => fork(), type);
