// Checksums of bytes, in one go and piece by piece.
import assert from 'assert';
import { crc32 } from 'zlib';

assert.strictEqual(crc32('hello'), 907060870);
assert.strictEqual(crc32(''), 0);
assert.strictEqual(crc32('lo', crc32('hel')), crc32('hello'));
assert.strictEqual(crc32(Buffer.from('hello')), crc32(new Uint8Array([104, 101, 108, 108, 111])));
assert.strictEqual(crc32('123456789'), 0xcbf43926);
const type = { code: 'ERR_INVALID_ARG_TYPE' };
assert.throws(() => crc32(5), type);
assert.throws(() => crc32('a', '1'), type);
for (const wrong of [-1, 2 ** 32]) {
  assert.throws(() => crc32('a', wrong), { code: 'ERR_OUT_OF_RANGE' });
}
