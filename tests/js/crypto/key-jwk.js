// Keys as JSON Web Keys (RFC 7517, 7518, 8037).
import assert from 'assert';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'crypto';

const members = { rsa: 'd dp dq e kty n p q qi', ec: 'crv d kty x y', ed25519: 'crv d kty x' };
for (const [kind, options] of [
  ['rsa', { modulusLength: 1024 }], ['ec', { namedCurve: 'secp256k1' }],
  ['ec', { namedCurve: 'P-521' }], ['ed25519', {}],
]) {
  const { publicKey, privateKey } = generateKeyPairSync(kind, options);
  const jwk = privateKey.export({ format: 'jwk' });
  assert.equal(Object.keys(jwk).sort().join(' '), members[kind]);
  assert.ok(createPrivateKey({ key: jwk, format: 'jwk' }).equals(privateKey));
  assert.ok(createPublicKey({ key: jwk, format: 'jwk' }).equals(publicKey));
  const half = publicKey.export({ format: 'jwk' });
  assert.ok(!('d' in half));
  assert.ok(createPublicKey({ key: half, format: 'jwk' }).equals(publicKey));
  assert.throws(() => createPrivateKey({ key: half, format: 'jwk' }), { name: 'TypeError' });
}

// RFC 8037 A.1 and A.2.
const jwk = {
  kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};
const key = createPrivateKey({ key: jwk, format: 'jwk' });
assert.deepEqual({ ...key.export({ format: 'jwk' }) }, jwk);

const invalid = { name: 'TypeError', code: 'ERR_CRYPTO_INVALID_JWK' };
const wrong = (given, expected) => assert.throws(
  () => createPublicKey({ key: given, format: 'jwk' }), expected);
wrong({ kty: 'foo' }, { code: 'ERR_INVALID_ARG_VALUE' });
wrong({ kty: 'EC', crv: 'P-2', x: 'AA', y: 'AA' }, { code: 'ERR_INVALID_ARG_VALUE' });
wrong({ kty: 'EC', crv: 'P-256', x: 'AA' }, { code: 'ERR_INVALID_ARG_TYPE' });
wrong({ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, invalid);
wrong({ kty: 'OKP', crv: 'Ed25519', x: 'AA' }, invalid);
wrong(undefined, { code: 'ERR_INVALID_ARG_TYPE' });
