// Hashes, ciphers and signatures are streams, if somebody wants them to be.
import assert from 'assert';
import {
  createCipheriv, createDecipheriv, createHash, createHmac, createSign, createVerify,
  generateKeyPairSync,
} from 'crypto';
import { PassThrough, Readable, Transform, Writable } from 'stream';
import { pipeline } from 'stream/promises';

const hash = createHash('sha256');
assert.ok(hash instanceof Transform);
assert.ok(createSign('sha256') instanceof Writable);
await pipeline(Readable.from(['ab', 'c']), hash);
const expected = createHash('sha256').update('abc').digest('hex');
assert.equal(hash.read().toString('hex'), expected);

const hmac = createHmac('sha1', 'key').setEncoding('hex');
hmac.end('abc');
const read = [];
for await (const chunk of hmac) read.push(chunk);
assert.deepEqual(read, [createHmac('sha1', 'key').update('abc').digest('hex')]);

const [key, iv] = [Buffer.alloc(32), Buffer.alloc(12)];
const cipher = createCipheriv('aes-256-gcm', key, iv);
const sealed = [];
const text = 'x'.repeat(100_000);
await pipeline(Readable.from([text]), cipher, async (source) => {
  for await (const chunk of source) sealed.push(chunk);
});
const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(cipher.getAuthTag());
let back = '';
decipher.on('data', (chunk) => (back += chunk));
await pipeline(Readable.from(sealed), decipher, new PassThrough().resume());
assert.equal(back, text);

// What cannot be decrypted is an error of the stream.
const wrong = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16));
wrong.resume().end(Buffer.alloc(15));
const failed = new Promise((resolve) => wrong.on('error', resolve));
assert.equal((await failed).code, 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH');

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [sign, verify] = [createSign('sha256'), createVerify('sha256')];
await Promise.all([sign, verify].map((stream) => pipeline(Readable.from(['a', 'bc']), stream)));
assert.equal(verify.verify(publicKey, sign.sign(privateKey)), true);
