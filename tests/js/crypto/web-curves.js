// ECDSA, ECDH, Ed25519 and X25519 of Web Cryptography, with keys in each format.
import assert from 'assert';

const { subtle } = crypto;
const data = new TextEncoder().encode('hello');

async function copied({ publicKey, privateKey }, algorithm) {
  const formats = { raw: publicKey, spki: publicKey, jwk: publicKey };
  for (const [format, key] of Object.entries(formats)) {
    const found = await subtle.exportKey(format, key);
    const copy = await subtle.importKey(format, found, algorithm, true, key.usages);
    assert.deepEqual(copy.algorithm, key.algorithm);
    assert.deepEqual(await subtle.exportKey('raw', copy), await subtle.exportKey('raw', key));
  }
  for (const format of ['pkcs8', 'jwk']) {
    const found = await subtle.exportKey(format, privateKey);
    const copy = await subtle.importKey(format, found, algorithm, true, privateKey.usages);
    assert.deepEqual(await subtle.exportKey('pkcs8', copy), await subtle.exportKey('pkcs8', privateKey));
  }
}

for (const [namedCurve, bytes] of [['P-256', 32], ['P-384', 48], ['P-521', 66]]) {
  const signing = { name: 'ECDSA', namedCurve };
  const pair = await subtle.generateKey(signing, true, ['sign', 'verify']);
  assert.deepEqual([pair.publicKey.usages, pair.privateKey.usages], [['verify'], ['sign']]);
  for (const hash of ['SHA-1', 'SHA-256', 'SHA-512']) {
    const signature = await subtle.sign({ name: 'ECDSA', hash }, pair.privateKey, data);
    assert.equal(signature.byteLength, 2 * bytes);
    const check = (text) => subtle.verify({ name: 'ECDSA', hash }, pair.publicKey, signature, text);
    assert.equal(await check(data), true);
    assert.equal(await check(data.slice(1)), false);
  }
  await copied(pair, signing);

  const agreeing = { name: 'ECDH', namedCurve };
  const [one, two] = await Promise.all([0, 1].map(
    () => subtle.generateKey(agreeing, true, ['deriveBits', 'deriveKey'])));
  const ours = await subtle.deriveBits({ name: 'ECDH', public: two.publicKey }, one.privateKey, null);
  const theirs = await subtle.deriveBits({ name: 'ECDH', public: one.publicKey }, two.privateKey, 128);
  assert.equal(ours.byteLength, bytes);
  assert.deepEqual(ours.slice(0, 16), theirs);
  const key = await subtle.deriveKey({ name: 'ECDH', public: two.publicKey }, one.privateKey,
    { name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  assert.deepEqual(await subtle.exportKey('raw', key), ours.slice(0, 32));
  await copied(one, agreeing);
}

const ed = await subtle.generateKey('Ed25519', true, ['sign', 'verify']);
const signature = await subtle.sign('Ed25519', ed.privateKey, data);
assert.equal(await subtle.verify('Ed25519', ed.publicKey, signature, data), true);
assert.equal(await subtle.verify('Ed25519', ed.publicKey, signature, data.slice(1)), false);
await copied(ed, 'Ed25519');

const [one, two] = await Promise.all([0, 1].map(
  () => subtle.generateKey('X25519', true, ['deriveBits'])));
assert.deepEqual(
  await subtle.deriveBits({ name: 'X25519', public: two.publicKey }, one.privateKey, 256),
  await subtle.deriveBits({ name: 'X25519', public: one.publicKey }, two.privateKey, 256),
);
await copied(one, 'X25519');
