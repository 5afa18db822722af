// RSA as a cipher: OAEP and PKCS #1 v1.5, and the other way round.
import assert from 'assert';
import {
  constants, generateKeyPairSync, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt,
} from 'crypto';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const data = Buffer.from('hello');
for (const options of [
  {}, { oaepHash: 'sha256' }, { oaepHash: 'sha1', oaepLabel: Buffer.from('about') },
  { padding: constants.RSA_PKCS1_OAEP_PADDING },
]) {
  const sealed = publicEncrypt({ key: publicKey, ...options }, data);
  assert.equal(sealed.length, 128);
  assert.deepEqual(privateDecrypt({ key: privateKey, ...options }, sealed), data);
  assert.throws(() => privateDecrypt({ key: privateKey, ...options, oaepLabel: Buffer.from('x') }, sealed),
    { code: 'ERR_OSSL_RSA_OAEP_DECODING_ERROR' });
}
// A private key has a public one.
assert.deepEqual(privateDecrypt(privateKey, publicEncrypt(privateKey, data)), data);
const pem = publicKey.export({ format: 'pem', type: 'pkcs1' });
assert.deepEqual(privateDecrypt(privateKey, publicEncrypt(pem, data)), data);

assert.deepEqual(publicDecrypt(publicKey, privateEncrypt(privateKey, data)), data);
const raw = { padding: constants.RSA_NO_PADDING };
const block = Buffer.alloc(128, 7);
assert.deepEqual(
  privateDecrypt({ key: privateKey, ...raw }, publicEncrypt({ key: publicKey, ...raw }, block)), block);
assert.deepEqual(
  publicDecrypt({ key: publicKey, ...raw }, privateEncrypt({ key: privateKey, ...raw }, block)), block);

const tooLarge = { code: 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE' };
assert.throws(() => publicEncrypt(publicKey, Buffer.alloc(100)), tooLarge);
assert.throws(() => publicEncrypt({ key: publicKey, oaepHash: 'foo' }, data), {
  code: 'ERR_OSSL_EVP_INVALID_DIGEST',
});
const { publicKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
assert.throws(() => publicEncrypt(other, data), {
  code: 'ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE',
});
