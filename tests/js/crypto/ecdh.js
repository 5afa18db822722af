// ECDH: both sides compute the same, of points in any form.
import assert from 'assert';
import { ECDH, createECDH } from 'crypto';

for (const [curve, bytes] of [
  ['prime256v1', 32], ['secp384r1', 48], ['secp521r1', 66], ['secp256k1', 32],
]) {
  const [alice, bob] = [createECDH(curve), createECDH(curve)];
  const point = alice.generateKeys();
  assert.equal(point.length, 2 * bytes + 1);
  bob.generateKeys('hex', 'compressed');
  const secret = alice.computeSecret(bob.getPublicKey());
  assert.equal(secret.length, bytes);
  for (const format of ['compressed', 'uncompressed', 'hybrid']) {
    const other = alice.getPublicKey('base64', format);
    assert.equal(bob.computeSecret(other, 'base64', 'hex'), secret.toString('hex'), format);
    const converted = ECDH.convertKey(other, curve, 'base64', 'hex', 'uncompressed');
    assert.equal(converted, point.toString('hex'));
  }
  const copy = createECDH(curve).setPrivateKey(alice.getPrivateKey());
  assert.deepEqual(copy.getPublicKey(), point);
}

assert.throws(() => createECDH('foo'), { code: 'ERR_CRYPTO_INVALID_CURVE' });
const ecdh = createECDH('secp256k1');
assert.throws(() => ecdh.getPublicKey(), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
assert.throws(() => ecdh.computeSecret(Buffer.alloc(65)), { code: 'ERR_CRYPTO_INVALID_KEYPAIR' });
assert.throws(() => ecdh.setPrivateKey(Buffer.alloc(32)), { code: 'ERR_CRYPTO_INVALID_KEYTYPE' });
ecdh.generateKeys();
assert.throws(() => ecdh.computeSecret(Buffer.alloc(65)), {
  code: 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY',
});
assert.throws(() => ecdh.getPublicKey('hex', 'foo'), { code: 'ERR_CRYPTO_ECDH_INVALID_FORMAT' });
