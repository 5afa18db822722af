// Bytes, text and numbers are found from either end.
import assert from 'assert';

const buffer = Buffer.from('abcabc');
assert.deepEqual(
  [buffer.indexOf('bc'), buffer.indexOf('bc', 2), buffer.lastIndexOf('bc'), buffer.indexOf('bc', -2)],
  [1, 4, 4, 4],
);
assert.deepEqual([buffer.indexOf(0x63), buffer.indexOf(Buffer.from('x')), buffer.indexOf('')], [2, -1, 0]);
assert.deepEqual([buffer.includes('cab'), buffer.indexOf('6263', 'hex')], [true, 1]);
assert.throws(() => buffer.indexOf({}), { code: 'ERR_INVALID_ARG_TYPE' });
