// Padding of PKCS #1 v1.5 that is wrong decrypts to something: nobody learns that it was wrong.
import assert from 'assert';
import { constants, generateKeyPairSync, privateDecrypt, publicEncrypt } from 'crypto';

const { RSA_PKCS1_PADDING: padding } = constants;
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const key = { key: privateKey, padding };
const sealed = publicEncrypt({ key: publicKey, padding }, Buffer.from('hello'));
assert.deepEqual(privateDecrypt(key, sealed), Buffer.from('hello'));
sealed[127] ^= 1;
const once = privateDecrypt(key, sealed);
assert.notDeepEqual(once, Buffer.from('hello'));
// The same each time, as a message would be.
assert.deepEqual(privateDecrypt(key, sealed), once);
