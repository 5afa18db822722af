// The global crypto is that of browsers.
import assert from 'assert';
import { webcrypto } from 'crypto';

assert.equal(crypto, webcrypto);
assert.equal(crypto[Symbol.toStringTag], 'Crypto');
const words = new Uint16Array(64);
assert.equal(crypto.getRandomValues(words), words);
assert.ok(words.some((word) => word !== 0));
assert.throws(() => crypto.getRandomValues(new Float32Array(1)), { name: 'TypeMismatchError' });
assert.throws(() => crypto.getRandomValues(new Uint8Array(65537)), { name: 'QuotaExceededError' });
assert.equal(crypto.randomUUID().length, 36);
const digest = await crypto.subtle.digest({ name: 'SHA-1' }, new TextEncoder().encode('abc'));
assert.equal(Buffer.from(digest).toString('hex'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
await assert.rejects(crypto.subtle.digest('MD5', new Uint8Array()), { name: 'NotSupportedError' });
assert.throws(() => new Crypto(), TypeError);
