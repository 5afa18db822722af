// What is no key, and forms that a key does not have.
import assert from 'assert';
import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync } from 'crypto';

const unsupported = { name: 'Error', code: 'ERR_OSSL_UNSUPPORTED' };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
assert.throws(() => createPrivateKey('garbage'), unsupported);
assert.throws(() => createPublicKey('garbage'), unsupported);
assert.throws(() => createPrivateKey(publicKey.export({ type: 'spki', format: 'pem' })), unsupported);
assert.throws(() => createPrivateKey('-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n'),
  unsupported);
assert.throws(() => createPrivateKey(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createPrivateKey({ key: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
const key = Buffer.alloc(10);
assert.throws(() => createPrivateKey({ key, format: 'der' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createPrivateKey({ key, format: 'xx' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' }), { name: 'Error' });

const incompatible = { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' };
assert.throws(() => privateKey.export({ type: 'pkcs1', format: 'pem' }), incompatible);
assert.throws(() => generateKeyPairSync('ed25519').privateKey.export({ type: 'sec1', format: 'pem' }),
  incompatible);
assert.throws(() => privateKey.export(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => privateKey.export({ format: 'pem' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => publicKey.export({ format: 'pem', type: 'pkcs8' }), {
  code: 'ERR_INVALID_ARG_VALUE',
});
assert.throws(() => createSecretKey(key).export({ format: 'pem' }), { code: 'ERR_INVALID_ARG_VALUE' });
