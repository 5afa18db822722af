// The module has constants and checks beside the class.
import assert from 'assert';
import buffer, { atob, constants, isAscii, isUtf8, kMaxLength, transcode } from 'node:buffer';

assert.equal(buffer.Buffer, Buffer);
assert.equal(constants.MAX_LENGTH, kMaxLength);
assert.equal(atob, globalThis.atob);
assert.deepEqual([isUtf8(Buffer.from([0xff])), isUtf8(Buffer.from('\u20ac')), isAscii(Buffer.from('a'))], [false, true, true]);
assert.equal(transcode(Buffer.from('\u20aca'), 'utf8', 'latin1').toString('latin1'), '?a');
assert.equal(await new buffer.Blob([Buffer.from('a')]).text(), 'a');
