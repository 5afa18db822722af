// Wrong arguments have the codes of Node.js.
import assert from 'assert';
import crypto from 'crypto';

const refused = (code, call) => assert.throws(call, { code });
refused('ERR_INVALID_ARG_TYPE', () => crypto.createHash(5));
refused('ERR_INVALID_ARG_TYPE', () => crypto.createHash('sha1').update(5));
refused('ERR_INVALID_ARG_TYPE', () => crypto.createHmac('sha1', 5));
refused('ERR_CRYPTO_INVALID_DIGEST', () => crypto.createHmac('sha7', 'key'));
refused('ERR_OUT_OF_RANGE', () => crypto.randomBytes(-1));
refused('ERR_OUT_OF_RANGE', () => crypto.randomInt(3, 3));
refused('ERR_INVALID_ARG_TYPE', () => crypto.randomInt('3'));
refused('ERR_OUT_OF_RANGE', () => crypto.pbkdf2Sync('p', 's', 0, 8, 'sha1'));
refused('ERR_CRYPTO_INVALID_DIGEST', () => crypto.pbkdf2Sync('p', 's', 1, 8, 'sha7'));
refused('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', () => crypto.scryptSync('p', 's', 8, { N: 3 }));
refused('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', () => crypto.scryptSync('p', 's', 8, { N: 2 ** 20 }));
refused('ERR_CRYPTO_INVALID_KEYLEN', () => crypto.hkdfSync('sha256', 'k', 's', 'i', 255 * 32 + 1));
assert.throws(() => crypto.createHash('sha7'), { message: /Digest method not supported/ });
