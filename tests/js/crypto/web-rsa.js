// RSA of Web Cryptography: signatures and encryption.
import assert from 'assert';

const { subtle } = crypto;
const data = new TextEncoder().encode('hello');
const publicExponent = new Uint8Array([1, 0, 1]);

for (const [name, hash, alg] of [
  ['RSASSA-PKCS1-v1_5', 'SHA-256', 'RS256'], ['RSA-PSS', 'SHA-384', 'PS384'],
  ['RSASSA-PKCS1-v1_5', 'SHA-1', 'RS1'],
]) {
  const algorithm = { name, hash, modulusLength: 1024, publicExponent };
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  assert.deepEqual(pair.privateKey.algorithm, { ...algorithm, hash: { name: hash } });
  const how = { name, saltLength: 20 };
  const jwk = await subtle.exportKey('jwk', pair.privateKey);
  assert.equal(jwk.alg, alg);
  assert.equal(Object.keys(jwk).sort().join(' '), 'alg d dp dq e ext key_ops kty n p q qi');
  const copy = await subtle.importKey('jwk', jwk, { name, hash }, true, ['sign']);
  const pkcs8 = await subtle.exportKey('pkcs8', pair.privateKey);
  const other = await subtle.importKey('pkcs8', pkcs8, { name, hash }, true, ['sign']);
  for (const key of [pair.privateKey, copy, other]) {
    const signature = await subtle.sign(how, key, data);
    assert.equal(await subtle.verify(how, pair.publicKey, signature, data), true);
    assert.equal(await subtle.verify(how, pair.publicKey, signature, data.slice(1)), false);
  }
  await assert.rejects(subtle.importKey('jwk', jwk, { name, hash: 'SHA-512' }, true, ['sign']), {
    name: 'DataError',
  });
}

for (const [hash, alg] of [['SHA-1', 'RSA-OAEP'], ['SHA-256', 'RSA-OAEP-256']]) {
  const name = 'RSA-OAEP';
  const pair = await subtle.generateKey(
    { name, hash, modulusLength: 1024, publicExponent }, true, ['encrypt', 'decrypt']);
  const spki = await subtle.exportKey('spki', pair.publicKey);
  const key = await subtle.importKey('spki', spki, { name, hash }, true, ['encrypt']);
  assert.equal((await subtle.exportKey('jwk', key)).alg, alg);
  const sealed = await subtle.encrypt({ name, label: data }, key, data);
  const plain = await subtle.decrypt({ name, label: data }, pair.privateKey, sealed);
  assert.deepEqual(new Uint8Array(plain), data);
  await assert.rejects(subtle.decrypt({ name }, pair.privateKey, sealed), { name: 'OperationError' });
}
