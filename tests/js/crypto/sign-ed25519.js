// Ed25519 signs what RFC 8032 says.
import assert from 'assert';
import { createPrivateKey, createPublicKey, createSign, sign, verify } from 'crypto';

const PREFIX = '302e020100300506032b657004220420';
const hex = (text) => Buffer.from(text, 'hex');
for (const [seed, point, message, expected] of [
  ['9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b'
    + 'd25bf5f0595bbe24655141438e7a100b'],
  ['4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c'
    + '387b2eaeb4302aeeb00d291612bb0c00'],
]) {
  const key = createPrivateKey({ key: hex(PREFIX + seed), format: 'der', type: 'pkcs8' });
  const signature = sign(null, hex(message), key);
  assert.equal(signature.toString('hex'), expected);
  const publicKey = createPublicKey(key);
  assert.equal(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'), point);
  assert.equal(verify(undefined, hex(message), publicKey, signature), true);
  assert.equal(verify(null, hex(`${message}00`), publicKey, signature), false);
  signature[0] ^= 1;
  assert.equal(verify(null, hex(message), publicKey, signature), false);
  assert.equal(verify(null, hex(message), publicKey, signature.subarray(1)), false);
  assert.throws(() => sign('sha256', hex(message), key), { code: 'ERR_OSSL_INVALID_DIGEST' });
  assert.throws(() => createSign('sha256').update('').sign(key), {
    code: 'ERR_CRYPTO_UNSUPPORTED_OPERATION',
  });
}
