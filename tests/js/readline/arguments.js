// Options that mean nothing are refused.
import assert from 'assert';
import readline from 'readline';
import { PassThrough } from 'stream';

const input = new PassThrough();
const refused = (options, code) => {
  assert.throws(() => readline.createInterface({ input, ...options }), { code });
};
refused({ completer: 5 }, 'ERR_INVALID_ARG_VALUE');
refused({ historySize: -1 }, 'ERR_OUT_OF_RANGE');
refused({ historySize: 'x' }, 'ERR_INVALID_ARG_TYPE');
refused({ history: 'x' }, 'ERR_INVALID_ARG_TYPE');
refused({ tabSize: 0 }, 'ERR_OUT_OF_RANGE');
assert.throws(() => readline.createInterface(), TypeError);

const controller = new AbortController();
const lines = readline.createInterface({ input, signal: controller.signal });
let closed = 0;
lines.on('close', () => closed++);
controller.abort();
lines.close();
assert.equal(closed, 1);
