// Each kind of key goes out and comes in again in each form that it has.
import assert from 'assert';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'crypto';

const forms = {
  rsa: [{ modulusLength: 1024 }, ['pkcs1', 'spki'], ['pkcs1', 'pkcs8']],
  'rsa-pss': [{
    modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 20,
  }, ['spki'], ['pkcs8']],
  ed25519: [undefined, ['spki'], ['pkcs8']],
  x25519: [undefined, ['spki'], ['pkcs8']],
};
for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
  forms[namedCurve] = [{ namedCurve }, ['spki'], ['sec1', 'pkcs8']];
}
for (const [name, [options, publicForms, privateForms]] of Object.entries(forms)) {
  const kind = options?.namedCurve ? 'ec' : name;
  const { publicKey, privateKey } = generateKeyPairSync(kind, options);
  assert.equal(publicKey.asymmetricKeyType, kind);
  for (const type of publicForms) {
    const pem = publicKey.export({ format: 'pem', type });
    assert.match(pem, type === 'spki' ? /^-----BEGIN PUBLIC KEY-----\n/ : /^-----BEGIN RSA PUBLIC KEY-/);
    assert.ok(pem.endsWith('-----\n'));
    assert.ok(createPublicKey(pem).equals(publicKey), `${name} ${type}`);
    const key = publicKey.export({ format: 'der', type });
    assert.ok(createPublicKey({ key, format: 'der', type }).equals(publicKey), `${name} ${type}`);
  }
  for (const type of privateForms) {
    const pem = privateKey.export({ format: 'pem', type });
    assert.ok(createPrivateKey(pem).equals(privateKey), `${name} ${type}`);
    assert.ok(createPrivateKey(Buffer.from(pem)).equals(privateKey));
    assert.ok(createPublicKey(pem).equals(publicKey));
    assert.deepEqual(createPrivateKey(pem).export({ format: 'pem', type }), pem);
    const key = privateKey.export({ format: 'der', type });
    assert.ok(createPrivateKey({ key, format: 'der', type }).equals(privateKey), `${name} ${type}`);
  }
  assert.deepEqual(createPublicKey(privateKey).asymmetricKeyDetails, privateKey.asymmetricKeyDetails);
}

// A pair can come as text at once.
const pair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { format: 'pem', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
});
assert.match(pair.publicKey, /PUBLIC KEY/);
assert.equal(pair.privateKey.length, 48);
