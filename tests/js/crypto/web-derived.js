// HKDF and PBKDF2 of Web Cryptography (RFC 5869 A.1, RFC 6070).
import assert from 'assert';

const { subtle } = crypto;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => Buffer.from(text, 'hex');

const key = await subtle.importKey('raw', Buffer.alloc(22, 0x0B), 'HKDF', false, ['deriveBits', 'deriveKey']);
const hkdf = {
  name: 'HKDF', hash: 'SHA-256', salt: bytes('000102030405060708090a0b0c'),
  info: bytes('f0f1f2f3f4f5f6f7f8f9'),
};
const expected = '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865';
assert.equal(hex(await subtle.deriveBits(hkdf, key, 42 * 8)), expected);
const mac = await subtle.deriveKey(
  hkdf, key, { name: 'HMAC', hash: 'SHA-256', length: 256 }, true, ['sign']);
assert.equal(hex(await subtle.exportKey('raw', mac)), expected.slice(0, 64));

const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits']);
const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-1', salt: Buffer.from('salt'), iterations: 2 };
assert.equal(hex(await subtle.deriveBits(pbkdf2, password, 160)),
  'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957');
for (const [algorithm, from] of [[hkdf, key], [pbkdf2, password]]) {
  await assert.rejects(subtle.deriveBits(algorithm, from, 7), { name: 'OperationError' });
  await assert.rejects(subtle.deriveBits(algorithm, from, null), { name: 'OperationError' });
}
await assert.rejects(subtle.deriveBits({ ...pbkdf2, iterations: 0 }, password, 8), {
  name: 'OperationError',
});
await assert.rejects(subtle.importKey('raw', bytes('00'), 'HKDF', true, ['deriveBits']), {
  name: 'SyntaxError',
});
await assert.rejects(subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256' }, key, 8), TypeError);
