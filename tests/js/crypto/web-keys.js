// A CryptoKey shows what it is for, and becomes a key object and the other way round.
import assert from 'assert';
import { KeyObject, createHmac, sign, verify } from 'crypto';
import { inspect } from 'util';

const { subtle } = crypto;
const key = await subtle.importKey(
  'raw', new Uint8Array(16), 'AES-CBC', false, ['decrypt', 'encrypt', 'decrypt']);
assert.equal(Object.prototype.toString.call(key), '[object CryptoKey]');
assert.equal(key.type, 'secret');
assert.equal(key.extractable, false);
assert.equal(key.algorithm, key.algorithm);
assert.deepEqual(key.usages, ['encrypt', 'decrypt']);
assert.match(inspect(key), /^CryptoKey \{\s+type: 'secret',\s+extractable: false,/);
assert.equal(KeyObject.from(key).symmetricKeySize, 16);

const pair = await subtle.generateKey('Ed25519', true, ['sign', 'verify']);
const data = Buffer.from('hello');
const [privateKey, publicKey] = [pair.privateKey, pair.publicKey].map((one) => KeyObject.from(one));
assert.equal(privateKey.asymmetricKeyType, 'ed25519');
assert.equal(verify(null, data, publicKey, sign(null, data, privateKey)), true);
const signature = await subtle.sign('Ed25519', pair.privateKey, data);
assert.deepEqual(Buffer.from(signature), sign(null, data, privateKey));

const mac = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
const expected = Buffer.from(await subtle.sign('HMAC', mac, data));
assert.deepEqual(createHmac('sha256', KeyObject.from(mac)).update(data).digest(), expected);
