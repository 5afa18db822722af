// HMAC of Web Cryptography.
import assert from 'assert';

const { subtle } = crypto;
const data = new TextEncoder().encode('what do ya want for nothing?');
const hash = 'SHA-256';
// RFC 4231 4.3.
const key = await subtle.importKey(
  'raw', Buffer.from('Jefe'), { name: 'HMAC', hash }, true, ['verify', 'sign']);
assert.deepEqual(key.algorithm, { name: 'HMAC', hash: { name: hash }, length: 32 });
assert.deepEqual(key.usages, ['sign', 'verify']);
const signature = await subtle.sign('HMAC', key, data);
assert.equal(Buffer.from(signature).toString('hex'),
  '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
assert.equal(await subtle.verify('HMAC', key, signature, data), true);
assert.equal(await subtle.verify('HMAC', key, signature.slice(1), data), false);
assert.equal(await subtle.verify('HMAC', key, signature, data.slice(1)), false);

for (const [name, length] of [['SHA-1', 512], ['SHA-256', 512], ['SHA-384', 1024], ['SHA-512', 1024]]) {
  const made = await subtle.generateKey({ name: 'HMAC', hash: name }, true, ['sign']);
  assert.equal(made.algorithm.length, length);
  const jwk = await subtle.exportKey('jwk', made);
  assert.equal(jwk.alg, `HS${name.slice(4)}`);
  const copy = await subtle.importKey('jwk', jwk, { name: 'HMAC', hash: name }, true, ['sign']);
  assert.deepEqual(await subtle.sign('HMAC', copy, data), await subtle.sign('HMAC', made, data));
}
await assert.rejects(subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash }, true, ['sign']), {
  name: 'DataError',
});
