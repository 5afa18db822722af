// Key objects say what they are, and are equal if their keys are.
import assert from 'assert';
import { KeyObject, createPublicKey, createSecretKey, createHmac, generateKeyPairSync } from 'crypto';

const secret = createSecretKey(Buffer.from('abc'));
assert.equal(secret.type, 'secret');
assert.equal(secret.symmetricKeySize, 3);
assert.deepEqual(secret.export(), Buffer.from('abc'));
assert.deepEqual(secret.export({ format: 'jwk' }), { kty: 'oct', k: 'YWJj' });
assert.ok(secret instanceof KeyObject);
assert.equal(Object.prototype.toString.call(secret), '[object KeyObject]');
assert.ok(secret.equals(createSecretKey('616263', 'hex')));
assert.ok(!secret.equals(createSecretKey('abd', 'utf8')));
assert.equal(createHmac('sha256', secret).update('x').digest('hex'),
  createHmac('sha256', 'abc').update('x').digest('hex'));

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
assert.deepEqual([publicKey.type, privateKey.type], ['public', 'private']);
assert.equal(privateKey.asymmetricKeyType, 'ec');
assert.deepEqual({ ...privateKey.asymmetricKeyDetails }, { namedCurve: 'prime256v1' });
assert.ok(createPublicKey(privateKey).equals(publicKey));
assert.ok(!publicKey.equals(privateKey));
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
assert.ok(!publicKey.equals(other.publicKey));
assert.ok(!privateKey.equals(other.privateKey));
assert.throws(() => createPublicKey(publicKey), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });

assert.throws(() => publicKey.equals(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new KeyObject('foo'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new KeyObject('secret'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => KeyObject.from(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createSecretKey(1), { code: 'ERR_INVALID_ARG_TYPE' });
