// New keys and pairs of keys.
//
// Spec: https://nodejs.org/api/crypto.html#cryptogeneratekeypairtype-options-callback

import { Buffer } from 'buffer';
import { fillRandom } from 'ops:crypto';
import { generatePair, secretKey } from 'ops:internal:crypto_keys';
import { callLater } from 'internal:crypto_bytes';
import { exported, keyObject } from 'internal:crypto_keys';
import {
  checkFunction, checkObject, checkString, outOfRange, wrongType, wrongValue,
} from 'internal:errors';

const UINT_MAX = 2 ** 32 - 1;
const SIZE_MAX = 2 ** 31 - 1;
// What OpenSSL takes.
const RSA_BITS_MIN = 512;
const RSA_BITS_MAX = 16384;
// The largest that every verifier takes (RFC 8017 leaves it open).
const EXPONENT_MAX = 2 ** 32 - 1;
const SALT_MAX = 255;
const KINDS = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'x25519'];

function checkRange(value, name, least, most) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
}

/** What `generatePair` is asked for. */
function wish(kind, options) {
  if (kind === 'ed25519' || kind === 'x25519') return [kind];
  checkObject(options, 'options');
  if (kind === 'ec') {
    const { namedCurve, paramEncoding } = options;
    checkString(namedCurve, 'options.namedCurve');
    if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named') {
      throw wrongValue('options.paramEncoding', paramEncoding);
    }
    return [kind, namedCurve];
  }
  const { modulusLength, publicExponent = 65537, saltLength } = options;
  checkRange(modulusLength, 'options.modulusLength', 0, UINT_MAX);
  checkRange(publicExponent, 'options.publicExponent', 0, EXPONENT_MAX);
  if (modulusLength < RSA_BITS_MIN || modulusLength > RSA_BITS_MAX) {
    const range = `>= ${RSA_BITS_MIN} && <= ${RSA_BITS_MAX}`;
    throw outOfRange('options.modulusLength', range, modulusLength);
  }
  if (publicExponent < 3 || publicExponent % 2 === 0) {
    throw outOfRange('options.publicExponent', 'an odd number above 1', publicExponent);
  }
  const found = [kind, modulusLength, publicExponent];
  if (kind === 'rsa') return found;
  const hash = options.hashAlgorithm ?? options.hash;
  const maskHash = options.mgf1HashAlgorithm ?? options.mgf1Hash;
  if (hash !== undefined) checkString(hash, 'options.hashAlgorithm');
  if (maskHash !== undefined) checkString(maskHash, 'options.mgf1HashAlgorithm');
  if (saltLength !== undefined) checkRange(saltLength, 'options.saltLength', 0, SALT_MAX);
  return [...found, hash, maskHash, saltLength ?? (hash && hashBytes(hash))];
}

/** A salt is as long as the hash unless it is said. */
function hashBytes(hash) {
  return Number(/512-(\d+)$/.exec(hash)?.[1] ?? /(224|256|384|512)$/.exec(hash)?.[1] ?? 160) / 8;
}

/** The keys of a pair as they are wanted: key objects, or what they are exported as. */
function shaped([publicKey, privateKey], { publicKeyEncoding, privateKeyEncoding }) {
  return [
    shape(publicKey, publicKeyEncoding, 'options.publicKeyEncoding', true),
    shape(privateKey, privateKeyEncoding, 'options.privateKeyEncoding', false),
  ];
}

function shape(handle, encoding, name, isPublic) {
  return encoding === undefined || encoding === null
    ? keyObject(handle)
    : exported(handle, encoding, name, isPublic);
}

function checkKind(kind) {
  checkString(kind, 'type');
  if (!KINDS.includes(kind)) throw wrongValue('type', kind, 'must be a supported key type');
}

/** Finds out whether the encodings are right before the keys are made. */
function checkEncodings({ publicKeyEncoding, privateKeyEncoding }) {
  for (const [name, encoding] of Object.entries({ publicKeyEncoding, privateKeyEncoding })) {
    if (encoding === undefined || encoding === null) continue;
    checkObject(encoding, `options.${name}`);
    if (!['pem', 'der', 'jwk'].includes(encoding.format)) {
      throw wrongValue(`options.${name}.format`, encoding.format);
    }
  }
}

export function generateKeyPairSync(kind, options) {
  checkKind(kind);
  const wanted = wish(kind, options);
  checkEncodings(options ?? {});
  const [publicKey, privateKey] = shaped(generatePair(false, ...wanted), options ?? {});
  return { publicKey, privateKey };
}

export function generateKeyPair(kind, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  checkFunction(callback, 'callback');
  checkKind(kind);
  const wanted = wish(kind, options);
  checkEncodings(options ?? {});
  const made = generatePair(true, ...wanted).then((pair) => shaped(pair, options ?? {}));
  callLater(made, callback, (pair) => pair);
}

function newSecret(kind, options) {
  checkString(kind, 'type');
  if (kind !== 'hmac' && kind !== 'aes') {
    throw wrongValue('type', kind, 'must be a supported key type');
  }
  checkObject(options, 'options');
  const { length } = options;
  if (kind === 'hmac') checkRange(length, 'options.length', 8, SIZE_MAX);
  else if (![128, 192, 256].includes(length)) {
    throw wrongValue('options.length', length, 'must be one of: 128, 192, 256');
  }
  const bytes = Buffer.alloc(Math.floor(length / 8));
  fillRandom(bytes, 0, bytes.length);
  return keyObject(secretKey(bytes));
}

export function generateKeySync(kind, options) {
  return newSecret(kind, options);
}

export function generateKey(kind, options, callback) {
  checkFunction(callback, 'callback');
  const key = newSecret(kind, options);
  process.nextTick(callback, null, key);
}

/** `util.promisify(generateKeyPair)` gives both keys. */
export function generatePairPromised(kind, options) {
  const { promise, resolve, reject } = Promise.withResolvers();
  generateKeyPair(kind, options, (error, publicKey, privateKey) => {
    if (error) reject(error);
    else resolve({ publicKey, privateKey });
  });
  return promise;
}
