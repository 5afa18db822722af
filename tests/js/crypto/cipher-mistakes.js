// Wrong keys, IVs, padding, and calls in the wrong order.
import assert from 'assert';
import { createCipheriv, createDecipheriv } from 'crypto';

const [key, iv] = [Buffer.alloc(32, 1), Buffer.alloc(16, 2)];
const cbc = () => createCipheriv('aes-256-cbc', key, iv);
const open = () => createDecipheriv('aes-256-cbc', key, iv);

assert.throws(() => createCipheriv('foo', key, iv), { code: 'ERR_CRYPTO_UNKNOWN_CIPHER' });
assert.throws(() => createCipheriv('aes-128-cbc', key, iv),
  { name: 'RangeError', code: 'ERR_CRYPTO_INVALID_KEYLEN' });
for (const wrong of [Buffer.alloc(3), null, Buffer.alloc(17)]) {
  assert.throws(() => createCipheriv('aes-256-cbc', key, wrong),
    { name: 'TypeError', code: 'ERR_CRYPTO_INVALID_IV' });
}
assert.throws(() => createCipheriv('aes-256-gcm', key, Buffer.alloc(0)),
  { code: 'ERR_CRYPTO_INVALID_IV' });
assert.throws(() => createCipheriv('aes-256-ecb', key, iv), { code: 'ERR_CRYPTO_INVALID_IV' });
assert.throws(() => createCipheriv(1, key, iv), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createCipheriv('aes-256-cbc', 1, iv), { code: 'ERR_INVALID_ARG_TYPE' });

const decipher = open();
decipher.update(Buffer.alloc(16, 3));
assert.throws(() => decipher.final(), {
  code: 'ERR_OSSL_BAD_DECRYPT', reason: 'bad decrypt', library: 'Provider routines',
});
const short = open();
short.update(Buffer.alloc(15));
assert.throws(() => short.final(), { code: 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH' });
const unpadded = cbc().setAutoPadding(false);
unpadded.update(Buffer.alloc(15));
assert.throws(() => unpadded.final(), { code: 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH' });

const done = cbc();
done.final();
assert.throws(() => done.final(), { code: 'ERR_CRYPTO_INVALID_STATE', message: 'Invalid state' });
assert.throws(() => done.update('a'), { message: 'Trying to add data in unsupported state' });
assert.throws(() => done.setAutoPadding(), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.throws(() => cbc().update(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => cbc().setAAD(iv), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.throws(() => done.getAuthTag(), { code: 'ERR_CRYPTO_INVALID_STATE' });
