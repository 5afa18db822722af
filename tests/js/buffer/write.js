// write puts in whole characters only, and says how many bytes it wrote.
import assert from 'assert';

const buffer = Buffer.alloc(4);
assert.equal(buffer.write('a\u20ac'), 4);
assert.equal(buffer.fill(0).write('ab\u20ac'), 2);
assert.equal(buffer.write('ffee', 1, 'hex'), 2);
assert.equal(buffer.toString('hex'), '61ffee00');
assert.equal(buffer.write('abc', 1, 2), 2);
assert.throws(() => buffer.write('a', 5), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => buffer.write(5), { code: 'ERR_INVALID_ARG_TYPE' });
