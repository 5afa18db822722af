// A key object becomes a key of Web Cryptography.
import assert from 'assert';
import { createSecretKey, generateKeyPairSync } from 'crypto';

const secret = createSecretKey(Buffer.alloc(16)).toCryptoKey('AES-CBC', false, ['encrypt']);
assert.ok(secret instanceof CryptoKey);
assert.deepEqual(secret.usages, ['encrypt']);
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
assert.equal(publicKey.toCryptoKey(algorithm, true, ['verify']).type, 'public');
assert.equal(privateKey.toCryptoKey(algorithm, true, ['sign']).type, 'private');
