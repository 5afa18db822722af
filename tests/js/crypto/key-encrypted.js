// Private keys that are encrypted with a passphrase.
import assert from 'assert';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'crypto';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
for (const cipher of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc']) {
  const options = { type: 'pkcs8', cipher, passphrase: 'caf\u00E9' };
  const pem = privateKey.export({ ...options, format: 'pem' });
  assert.match(pem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  assert.ok(createPrivateKey({ key: pem, passphrase: 'caf\u00E9' }).equals(privateKey));
  assert.ok(createPrivateKey({ key: pem, passphrase: Buffer.from('caf\u00E9') }).equals(privateKey));
  assert.ok(createPublicKey({ key: pem, passphrase: 'caf\u00E9' }).equals(publicKey));
  const key = privateKey.export({ ...options, format: 'der' });
  const given = { key, format: 'der', type: 'pkcs8', passphrase: 'caf\u00E9' };
  assert.ok(createPrivateKey(given).equals(privateKey));
  assert.throws(() => createPrivateKey({ key: pem, passphrase: 'other' }), {
    code: 'ERR_OSSL_BAD_DECRYPT',
  });
  assert.throws(() => createPrivateKey(pem), Error);
}
const options = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc' };
assert.throws(() => privateKey.export(options), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => privateKey.export({ ...options, cipher: 'foo', passphrase: 'x' }), {
  code: 'ERR_CRYPTO_UNKNOWN_CIPHER',
});
const incompatible = { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' };
assert.throws(() => privateKey.export({ ...options, format: 'jwk', passphrase: 'x' }), incompatible);
