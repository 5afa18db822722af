// What Web Cryptography says of wrong algorithms, keys, usages and data.
import assert from 'assert';

const { subtle } = crypto;
const data = new Uint8Array(16);
const iv = new Uint8Array(16);
const fails = (name, promise) => assert.rejects(promise, (error) => {
  assert.equal(error.name, name);
  assert.equal(error instanceof DOMException, name !== 'TypeError');
  return true;
});

const key = await subtle.importKey('raw', data, 'AES-CBC', false, ['encrypt']);
await fails('NotSupportedError', subtle.encrypt('foo', key, data));
await fails('InvalidAccessError', subtle.encrypt({ name: 'AES-GCM', iv }, key, data));
await fails('InvalidAccessError', subtle.decrypt({ name: 'AES-CBC', iv }, key, data));
await fails('OperationError', subtle.encrypt({ name: 'AES-CBC', iv: data.slice(1) }, key, data));
await fails('TypeError', subtle.encrypt({ name: 'AES-CBC' }, key, data));
await fails('TypeError', subtle.encrypt({ name: 'AES-CBC', iv }, {}, data));
await fails('TypeError', subtle.encrypt({ name: 'AES-CBC', iv }, key, 'text'));
await fails('TypeError', subtle.encrypt());

const gcm = (usages, given = data) => subtle.importKey('raw', given, 'AES-GCM', true, usages);
await fails('DataError', gcm(['decrypt'], new Uint8Array(15)));
await fails('SyntaxError', gcm(['sign']));
await fails('SyntaxError', gcm([]));
await fails('TypeError', gcm(['foo']));
await fails('TypeError', gcm(['decrypt'], {}));
await fails('TypeError', subtle.importKey('foo', data, 'AES-GCM', true, ['decrypt']));
const opened = await gcm(['decrypt']);
await fails('OperationError', subtle.decrypt({ name: 'AES-GCM', iv }, opened, new Uint8Array(32)));
await fails('OperationError', subtle.decrypt({ name: 'AES-GCM', iv }, opened, new Uint8Array(3)));
const jwk = (given) => subtle.importKey(
  'jwk', { kty: 'oct', k: 'A'.repeat(22), ...given }, 'AES-GCM', true, ['decrypt']);
assert.equal((await jwk({})).algorithm.length, 128);
for (const given of [
  { kty: 'EC' }, { k: 'AAAA' }, { key_ops: ['encrypt'] }, { key_ops: ['decrypt', 'decrypt'] },
  { ext: false }, { use: 'sig' }, { alg: 'A128CBC' },
]) await fails('DataError', jwk(given));

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const pair = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
assert.deepEqual([pair.publicKey.extractable, pair.privateKey.extractable], [true, false]);
await fails('InvalidAccessError', subtle.exportKey('jwk', pair.privateKey));
await fails('InvalidAccessError', subtle.exportKey('pkcs8', pair.publicKey));
await fails('InvalidAccessError', subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, data));
await fails('NotSupportedError', subtle.sign({ name: 'ECDSA', hash: 'MD5' }, pair.privateKey, data));
await fails('TypeError', subtle.sign({ name: 'ECDSA' }, pair.privateKey, data));
await fails('DataError', subtle.importKey('spki', data, algorithm, true, ['verify']));
await fails('SyntaxError', subtle.generateKey(algorithm, true, ['verify']));
await fails('SyntaxError', subtle.generateKey(algorithm, true, ['encrypt']));
await fails('NotSupportedError', subtle.generateKey({ ...algorithm, namedCurve: 'P-1' }, true, ['sign']));
await fails('OperationError', subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['decrypt']));
assert.throws(() => new CryptoKey(), TypeError);
assert.throws(() => new SubtleCrypto(), TypeError);
