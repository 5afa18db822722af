// Signing without a key, with the wrong one, or twice.
import assert from 'assert';
import { createSecretKey, createSign, createVerify, generateKeyPairSync, sign, verify } from 'crypto';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const data = Buffer.from('hello');
assert.throws(() => createSign('foo'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
assert.throws(() => sign('foo', data, privateKey), {
  name: 'TypeError', code: 'ERR_CRYPTO_INVALID_DIGEST', message: 'Invalid digest: foo',
});
assert.throws(() => createSign('sha256').sign(), { code: 'ERR_CRYPTO_SIGN_KEY_REQUIRED' });
assert.throws(() => createSign('sha256').update('a').sign(publicKey), {
  code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE',
  message: 'Invalid key object type public, expected private.',
});
assert.throws(() => createVerify('sha256').verify(createSecretKey(data), data), {
  code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE',
});
const once = createSign('sha256').update('a');
once.sign(privateKey);
for (const again of [() => once.sign(privateKey), () => once.update('a')]) {
  assert.throws(again, { code: 'ERR_CRYPTO_INVALID_STATE', message: 'Not initialised' });
}
assert.throws(() => verify('sha256', data, publicKey, 'text'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => sign('sha256', 1, privateKey), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => sign('sha256', data, privateKey, 1), { code: 'ERR_INVALID_ARG_TYPE' });
for (const options of [{ dsaEncoding: 'x' }, { padding: 'x' }, { saltLength: 'x' }]) {
  assert.throws(() => sign('sha256', data, { key: privateKey, ...options }), {
    code: 'ERR_INVALID_ARG_VALUE',
  });
}
