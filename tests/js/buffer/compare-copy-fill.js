// Buffers are compared, copied, joined, filled and turned around.
import assert from 'assert';

const [a, b] = [Buffer.from('abc'), Buffer.from('abd')];
assert.deepEqual([Buffer.compare(a, b), b.compare(a), a.equals(Buffer.from('abc'))], [-1, 1, true]);
assert.equal(a.compare(b, 0, 2, 0, 2), 0);
assert.equal(Buffer.concat([a, b]).toString(), 'abcabd');
assert.equal(Buffer.concat([a, b], 4).toString(), 'abca');
assert.equal(Buffer.concat([a], 5).toString('hex'), '6162630000');
const target = Buffer.alloc(4);
assert.equal(a.copy(target, 1, 1), 2);
assert.equal(target.toString('latin1'), '\0bc\0');
assert.equal(target.copy(target, 0, 1, 3), 2);
assert.equal(target.toString('latin1'), 'bcc\0');
assert.equal(Buffer.alloc(5, 'ab').toString(), 'ababa');
assert.equal(Buffer.alloc(3).fill('6162', 1, 'hex').toString('hex'), '006162');
assert.equal(Buffer.from('0102', 'hex').swap16().toString('hex'), '0201');
assert.throws(() => Buffer.alloc(3).swap16(), { code: 'ERR_INVALID_BUFFER_SIZE' });
assert.throws(() => Buffer.alloc(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => Buffer.concat('no'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => a.equals('abc'), { code: 'ERR_INVALID_ARG_TYPE' });
