// A signal of the script's kills the child, also one that was aborted before.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const controller = new AbortController();
const child = spawn('sleep', ['100'], { signal: controller.signal });
const error = new Promise((resolve) => child.on('error', resolve));
const exit = new Promise((resolve) => child.on('exit', (...values) => resolve(values)));
controller.abort();
assert.strictEqual((await error).name, 'AbortError');
assert.strictEqual((await error).code, 'ABORT_ERR');
assert.deepStrictEqual(await exit, [null, 'SIGTERM']);

const early = spawn('sleep', ['100'], { signal: AbortSignal.abort(), killSignal: 'SIGKILL' });
early.on('error', (reason) => assert.strictEqual(reason.name, 'AbortError'));
const signal = await new Promise((resolve) => early.on('exit', (code, name) => resolve(name)));
assert.strictEqual(signal, 'SIGKILL');
assert.throws(() => spawn('true', { signal: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
