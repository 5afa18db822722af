// New keys: pairs, secrets, and what is wrong with the wishes.
import assert from 'assert';
import { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync } from 'crypto';
import { promisify } from 'util';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 });
assert.deepEqual({ ...publicKey.asymmetricKeyDetails }, { modulusLength: 1024, publicExponent: 3n });
const pss = generateKeyPairSync('rsa-pss', {
  modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 20,
});
assert.deepEqual({ ...pss.privateKey.asymmetricKeyDetails }, {
  modulusLength: 1024, publicExponent: 65537n, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256',
  saltLength: 20,
});
assert.equal(generateKeySync('hmac', { length: 100 }).symmetricKeySize, 12);
assert.equal(generateKeySync('aes', { length: 192 }).symmetricKeySize, 24);

const pair = await new Promise((resolve, reject) => {
  generateKeyPair('x25519', (error, ...keys) => (error ? reject(error) : resolve(keys)));
});
assert.deepEqual(pair.map((key) => key.type), ['public', 'private']);
const promised = await promisify(generateKeyPair)('ec', { namedCurve: 'P-384' });
assert.equal(promised.publicKey.asymmetricKeyType, 'ec');
assert.equal(promised.privateKey.type, 'private');
const secret = await promisify(generateKey)('aes', { length: 128 });
assert.equal(secret.symmetricKeySize, 16);

const throws = (code, ...given) => assert.throws(() => generateKeyPairSync(...given), { code });
throws('ERR_INVALID_ARG_VALUE', 'foo');
throws('ERR_INVALID_ARG_TYPE', 'rsa');
throws('ERR_INVALID_ARG_TYPE', 'rsa', {});
throws('ERR_CRYPTO_INVALID_CURVE', 'ec', { namedCurve: 'foo' });
throws('ERR_INVALID_ARG_TYPE', 'ec', {});
assert.throws(() => generateKeyPairSync('rsa', { modulusLength: 100 }), Error);
assert.throws(() => generateKeyPair('ed25519'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => generateKeySync('hmac', { length: 4 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => generateKeySync('aes', { length: 100 }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => generateKeySync('x', { length: 100 }), { code: 'ERR_INVALID_ARG_VALUE' });
