// What two key objects agree on, with the vectors of RFC 7748 5.2 and 6.1.
import assert from 'assert';
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'crypto';

const key = (hex) => createPrivateKey({
  key: Buffer.from(`302e020100300506032b656e04220420${hex}`, 'hex'), format: 'der', type: 'pkcs8',
});
const point = (hex) => createPublicKey({
  key: Buffer.from(`302a300506032b656e032100${hex}`, 'hex'), format: 'der', type: 'spki',
});
const alice = key('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4');
const other = point('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c');
assert.equal(diffieHellman({ privateKey: alice, publicKey: other }).toString('hex'),
  'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552');
const bob = key('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
assert.equal(createPublicKey(bob).export({ format: 'der', type: 'spki' }).toString('hex').slice(-64),
  'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
assert.deepEqual(diffieHellman({ privateKey: alice, publicKey: createPublicKey(bob) }),
  diffieHellman({ privateKey: bob, publicKey: createPublicKey(alice) }));

for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
  const [one, two] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve }));
  assert.deepEqual(
    diffieHellman({ privateKey: one.privateKey, publicKey: two.publicKey }),
    diffieHellman({ privateKey: two.privateKey, publicKey: one.publicKey }),
  );
}

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const incompatible = { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY' };
assert.throws(() => diffieHellman({ privateKey: ec.privateKey, publicKey: ed.publicKey }), incompatible);
assert.throws(() => diffieHellman({ privateKey: ed.privateKey, publicKey: ed.publicKey }), incompatible);
assert.throws(() => diffieHellman({}), { code: 'ERR_INVALID_ARG_VALUE' });
// A point of small order gives zero, which is no secret.
const publicKey = createPublicKey({
  key: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') }, format: 'jwk',
});
assert.throws(() => diffieHellman({ privateKey: alice, publicKey }), Error);
