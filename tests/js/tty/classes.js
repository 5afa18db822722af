// The classes are for terminals among the standard streams.
import assert from 'assert';
import tty, { ReadStream, WriteStream, isatty } from 'tty';

for (const fd of [-1, 1.5, 'x', 1000]) assert.equal(isatty(fd), false);
assert.equal(tty.WriteStream, WriteStream);
assert.throws(() => new WriteStream('x'), { name: 'RangeError', code: 'ERR_INVALID_FD' });
assert.throws(() => new ReadStream(-1), { name: 'RangeError', code: 'ERR_INVALID_FD' });
assert.throws(() => new ReadStream(77), { code: 'ERR_TTY_INIT_FAILED' });
assert.equal(process.stdout instanceof WriteStream, isatty(1));
if (!isatty(0)) assert.equal(process.stdin.setRawMode, undefined);
