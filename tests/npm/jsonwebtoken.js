// jsonwebtoken: tokens that are signed and verified, also by the streams of jws.
import assert from 'assert';
import { generateKeyPairSync } from 'crypto';
import jwt from 'jsonwebtoken';

const token = jwt.sign({ name: 'ann' }, 'secret', { expiresIn: '1h', subject: 'one' });
const claims = jwt.verify(token, 'secret', { subject: 'one' });
assert.equal(claims.name, 'ann');
assert.equal(claims.exp - claims.iat, 3600);
assert.equal(jwt.decode(token, { complete: true }).header.alg, 'HS256');
assert.throws(() => jwt.verify(token, 'other'), { name: 'JsonWebTokenError' });
const old = jwt.sign({ exp: 1 }, 'secret');
assert.throws(() => jwt.verify(old, 'secret'), { name: 'TokenExpiredError' });

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signed = jwt.sign({ name: 'bob' }, privateKey, { algorithm: 'ES256' });
assert.equal(jwt.verify(signed, publicKey, { algorithms: ['ES256'] }).name, 'bob');

// With a callback it signs by a stream.
const later = await new Promise((resolve, reject) => {
  jwt.sign({ a: 1 }, 'secret', (error, text) => (error ? reject(error) : resolve(text)));
});
assert.equal(jwt.verify(later, 'secret').a, 1);
