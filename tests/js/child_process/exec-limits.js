// A child that takes too long or writes too much is killed.

import assert from 'node:assert';
import { exec, execFile } from 'node:child_process';
import { promisify } from 'node:util';

const late = await promisify(execFile)('sleep', ['100'], { timeout: 20 }).catch((error) => error);
assert.deepStrictEqual([late.code, late.killed, late.signal], [null, true, 'SIGTERM']);
const killed = await promisify(execFile)('sleep', ['100'], { timeout: 20, killSignal: 'SIGKILL' })
  .catch((error) => error);
assert.strictEqual(killed.signal, 'SIGKILL');

const much = await promisify(exec)('yes', { maxBuffer: 10 }).catch((error) => error);
assert.ok(much instanceof RangeError);
assert.strictEqual(much.code, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
assert.strictEqual(much.message, 'stdout maxBuffer length exceeded');
assert.strictEqual(much.stdout, 'y\ny\ny\ny\ny\n');
