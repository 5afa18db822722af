// The functions that move the cursor write what terminals understand.
import assert from 'assert';
import readline, { clearLine, clearScreenDown, cursorTo, moveCursor } from 'readline';
import { Readline } from 'readline/promises';
import { PassThrough } from 'stream';

const output = new PassThrough();
output.setEncoding('utf8');
const writes = (run) => {
  run();
  return output.read();
};
assert.equal(writes(() => clearLine(output, -1)), '\x1b[1K');
assert.equal(writes(() => clearLine(output, 1)), '\x1b[0K');
assert.equal(writes(() => clearLine(output, 0)), '\x1b[2K');
assert.equal(writes(() => cursorTo(output, 3)), '\x1b[4G');
assert.equal(writes(() => cursorTo(output, 3, 1)), '\x1b[2;4H');
assert.equal(writes(() => moveCursor(output, -2, 3)), '\x1b[2D\x1b[3B');
assert.equal(writes(() => moveCursor(output, 0, 0)), null);
assert.equal(writes(() => clearScreenDown(output)), '\x1b[0J');
assert.throws(() => cursorTo(output, NaN), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => cursorTo(output, 'x', 1), { code: 'ERR_INVALID_CURSOR_POS' });
assert.throws(() => clearLine(output, 0, 5), { code: 'ERR_INVALID_ARG_TYPE' });
await new Promise((resolve) => moveCursor(output, 0, 0, resolve));

const collected = new Readline(output);
collected.cursorTo(0, 0).clearLine(1).moveCursor(1, 0);
assert.equal(output.read(), null);
await collected.commit();
assert.equal(output.read(), '\x1b[1;1H\x1b[0K\x1b[1C');
assert.equal(readline.promises.Readline, Readline);
