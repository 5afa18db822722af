// RSA signatures: PKCS #1 v1.5 and PSS, with salts of each length.
import assert from 'assert';
import {
  constants, createSign, createVerify, generateKeyPairSync, sign, verify,
} from 'crypto';

const { RSA_PKCS1_PSS_PADDING: padding } = constants;
const data = Buffer.from('hello');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
for (const hash of ['md5', 'sha1', 'sha224', 'sha256', 'RSA-SHA384', 'sha512']) {
  const signature = createSign(hash).update(data).sign(privateKey);
  assert.equal(signature.length, 128);
  assert.deepEqual(sign(hash, data, privateKey), signature);
  assert.equal(createVerify(hash).update(data).verify(publicKey, signature), true);
  assert.equal(createVerify(hash).update('x').verify(publicKey, signature), false);
  assert.equal(verify(hash, data, publicKey, signature), true);
  assert.equal(verify(hash, data, publicKey, signature.subarray(1)), false);
}
assert.equal(createSign('sha256').update(data).sign(privateKey, 'hex').length, 256);

const { RSA_PSS_SALTLEN_AUTO: auto, RSA_PSS_SALTLEN_DIGEST: digest } = constants;
for (const [saltLength, verified] of [
  [undefined, undefined], [20, 20], [20, auto], [digest, digest], [digest, 32], [0, 0], [94, 94],
]) {
  const signature = sign('sha256', data, { key: privateKey, padding, saltLength });
  const given = { key: publicKey, padding, saltLength: verified };
  assert.equal(verify('sha256', data, given, signature), true, `${saltLength} ${verified}`);
  assert.equal(verify('sha1', data, given, signature), false);
  if (saltLength !== undefined) {
    assert.equal(verify('sha256', data, { ...given, saltLength: 7 }, signature), false);
  }
}
assert.throws(() => sign('sha256', data, { key: privateKey, padding, saltLength: 95 }), {
  code: 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE',
});
assert.throws(() => sign('sha256', data, { key: privateKey, padding: 99 }), {
  code: 'ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE',
});

// A key that is for PSS alone.
const pss = generateKeyPairSync('rsa-pss', {
  modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32,
});
const signature = sign('sha256', data, pss.privateKey);
assert.equal(verify('sha256', data, pss.publicKey, signature), true);
assert.throws(() => sign('sha1', data, pss.privateKey), Error);
assert.throws(() => sign('sha256', data, { key: pss.privateKey, padding: 1 }), Error);
