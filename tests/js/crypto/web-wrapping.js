// Keys that are wrapped in others: AES-KW (RFC 3394 4.1), AES-GCM, RSA-OAEP.
import assert from 'assert';

const { subtle } = crypto;
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => Buffer.from(text, 'hex');
const uses = ['wrapKey', 'unwrapKey'];

const wrapping = await subtle.importKey(
  'raw', bytes('000102030405060708090A0B0C0D0E0F'), 'AES-KW', true, uses);
const key = await subtle.importKey(
  'raw', bytes('00112233445566778899AABBCCDDEEFF'), 'AES-CBC', true, ['encrypt']);
const wrapped = await subtle.wrapKey('raw', key, wrapping, 'AES-KW');
assert.equal(hex(wrapped), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
const unwrap = (data) => subtle.unwrapKey('raw', data, wrapping, 'AES-KW', 'AES-CBC', true, ['encrypt']);
assert.equal(hex(await subtle.exportKey('raw', await unwrap(wrapped))), '00112233445566778899aabbccddeeff');
new Uint8Array(wrapped)[3] ^= 1;
await assert.rejects(unwrap(wrapped), { name: 'OperationError' });

const gcm = { name: 'AES-GCM', iv: new Uint8Array(12) };
const secret = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, uses);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
for (const format of ['jwk', 'pkcs8']) {
  const sealed = await subtle.wrapKey(format, pair.privateKey, secret, gcm);
  const found = await subtle.unwrapKey(format, sealed, secret, gcm, algorithm, true, ['sign']);
  assert.deepEqual(await subtle.exportKey('pkcs8', found), await subtle.exportKey('pkcs8', pair.privateKey));
}
const kept = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
await assert.rejects(subtle.wrapKey('jwk', kept.privateKey, secret, gcm), { name: 'InvalidAccessError' });

const rsa = await subtle.generateKey({
  name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]),
}, true, uses);
const sealed = await subtle.wrapKey('raw', key, rsa.publicKey, 'RSA-OAEP');
const opened = await subtle.unwrapKey(
  'raw', sealed, rsa.privateKey, 'RSA-OAEP', 'AES-CBC', true, ['encrypt']);
assert.deepEqual(await subtle.exportKey('raw', opened), await subtle.exportKey('raw', key));
