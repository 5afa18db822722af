// Hashes, keyed hashes, randomness, and keys derived from passwords.
//
// Spec: https://nodejs.org/api/crypto.html. Ciphers, signatures and keys are not there yet.

import { Buffer } from 'buffer';
import {
  copy, derive, deriveSync, digest as finish, fillRandom, isEqual, names, newHash,
  randomBelow, randomUUID as uuid, update,
} from 'ops:crypto';
import {
  checkFunction, checkInteger, checkString, coded, outOfRange, wrongType,
} from 'internal:errors';
import { webcrypto } from 'internal:webcrypto';

const SIZE_MAX = 2 ** 31 - 1;
const BYTES = 'of type string or an instance of Buffer, TypedArray, or DataView';

/** Text as bytes; a view or a buffer as it is. */
function bytesOf(value, name, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? undefined : encoding);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  throw wrongType(name, BYTES, value);
}

function shown(memory, encoding) {
  const bytes = Buffer.from(memory);
  return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

let copyOf;

class Digest {
  #handle;

  constructor(handle) {
    this.#handle = handle;
  }

  update(data, inputEncoding) {
    if (this.#handle === undefined) throw finalized();
    update(this.#handle, bytesOf(data, 'data', inputEncoding));
    return this;
  }

  /** Bytes, or text in an encoding. Nothing can be added afterwards. */
  digest(encoding) {
    if (this.#handle === undefined) throw finalized();
    const memory = finish(this.#handle);
    this.#handle = undefined;
    return shown(memory, encoding);
  }

  static {
    copyOf = (digest) => {
      if (digest.#handle === undefined) throw finalized();
      return copy(digest.#handle);
    };
  }
}

function finalized() {
  return coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
}

export class Hash extends Digest {
  constructor(algorithm) {
    super(typeof algorithm === 'string' ? plain(algorithm) : algorithm);
  }

  /** Another hash of what this one has seen so far. */
  copy() {
    return new Hash(copyOf(this));
  }
}

function plain(algorithm) {
  const handle = newHash(algorithm);
  if (handle === undefined) {
    throw coded(Error, 'ERR_OSSL_EVP_UNSUPPORTED', `Digest method not supported: ${algorithm}`);
  }
  return handle;
}

export class Hmac extends Digest {
  constructor(algorithm, key) {
    const handle = newHash(algorithm, key);
    if (handle === undefined) throw invalidDigest(algorithm);
    super(handle);
  }
}

function invalidDigest(algorithm) {
  return coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
}

export function createHash(algorithm) {
  checkString(algorithm, 'algorithm');
  return new Hash(algorithm);
}

export function createHmac(algorithm, key) {
  checkString(algorithm, 'hmac');
  return new Hmac(algorithm, bytesOf(key, 'key'));
}

/** The digest of data that is whole. */
export function hash(algorithm, data, outputEncoding = 'hex') {
  checkString(algorithm, 'algorithm');
  return new Hash(algorithm).update(bytesOf(data, 'input')).digest(outputEncoding);
}

export function getHashes() {
  return names();
}

function checkSize(size, name, most = SIZE_MAX) {
  if (typeof size !== 'number') throw wrongType(name, 'of type number', size);
  if (!(Number.isInteger(size) && size >= 0 && size <= most)) {
    throw outOfRange(name, `>= 0 && <= ${most}`, size);
  }
}

/** Calls back with what is known already, after the script has had its turn. */
function later(callback, value) {
  process.nextTick(callback, null, value);
  return undefined;
}

export function randomBytes(size, callback) {
  checkSize(size, 'size');
  if (callback !== undefined) checkFunction(callback, 'callback');
  const bytes = Buffer.alloc(size);
  fillRandom(bytes, 0, size);
  return callback === undefined ? bytes : later(callback, bytes);
}

function checkView(view, name) {
  if (!ArrayBuffer.isView(view) && !(view instanceof ArrayBuffer)) {
    throw wrongType(name, 'an instance of ArrayBuffer or ArrayBufferView', view);
  }
}

export function randomFillSync(buffer, offset = 0, size = buffer?.byteLength - offset) {
  checkView(buffer, 'buf');
  const unit = buffer.BYTES_PER_ELEMENT ?? 1;
  checkSize(offset, 'offset', buffer.byteLength / unit);
  checkSize(size, 'size', buffer.byteLength - offset * unit);
  const bytes = buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  fillRandom(bytes, offset * unit, offset * unit + size);
  return buffer;
}

export function randomFill(buffer, ...rest) {
  checkView(buffer, 'buf');
  const callback = rest.pop();
  checkFunction(callback, 'callback');
  return later(callback, randomFillSync(buffer, ...rest));
}

/** A whole number from `min` to one less than `max`. */
export function randomInt(min, max, callback) {
  let [least, most, call] = [min, max, callback];
  if (most === undefined || typeof most === 'function') [least, most, call] = [0, min, max];
  if (call !== undefined) checkFunction(call, 'callback');
  if (!Number.isSafeInteger(least)) throw wrongType('min', 'a safe integer', least);
  if (!Number.isSafeInteger(most)) throw wrongType('max', 'a safe integer', most);
  if (most <= least) throw outOfRange('max', `greater than the value of "min" (${least})`, most);
  if (most - least > 2 ** 48 - 1) throw outOfRange('max - min', `<= ${2 ** 48 - 1}`, most - least);
  const number = least + randomBelow(most - least);
  return call === undefined ? number : later(call, number);
}

export function randomUUID() {
  return uuid();
}

/** Whether two sequences of bytes are the same, in a time that tells nothing of them. */
export function timingSafeEqual(a, b) {
  checkView(a, 'buf1');
  checkView(b, 'buf2');
  if (a.byteLength !== b.byteLength) {
    const message = 'Input buffers must have the same byte length';
    throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', message);
  }
  return isEqual(a, b);
}

function checkDigest(digest) {
  checkString(digest, 'digest');
  if (newHash(digest) === undefined) throw invalidDigest(digest);
}

function pbkdf2Wish(password, salt, iterations, keylen, digest) {
  checkDigest(digest);
  const secret = bytesOf(password, 'password');
  const salted = bytesOf(salt, 'salt');
  checkInteger(iterations, 'iterations');
  if (iterations < 1 || iterations > SIZE_MAX) {
    throw outOfRange('iterations', `>= 1 && <= ${SIZE_MAX}`, iterations);
  }
  checkSize(keylen, 'keylen');
  return ['pbkdf2', digest, secret, salted, keylen, iterations];
}

function hkdfWish(digest, key, salt, info, keylen) {
  checkDigest(digest);
  const secret = bytesOf(key, 'ikm');
  const salted = bytesOf(salt, 'salt');
  const about = bytesOf(info, 'info');
  if (about.byteLength > 1024) throw outOfRange('info', 'must not contain more than 1024 bytes', about.byteLength);
  checkSize(keylen, 'length');
  return ['hkdf', digest, secret, salted, keylen, about];
}

function scryptWish(password, salt, keylen, options = {}) {
  const secret = bytesOf(password, 'password');
  const salted = bytesOf(salt, 'salt');
  checkSize(keylen, 'keylen');
  const cost = options.N ?? options.cost ?? 16384;
  const size = options.r ?? options.blockSize ?? 8;
  const parallel = options.p ?? options.parallelization ?? 1;
  const most = options.maxmem ?? 32 * 2 ** 20;
  const log = Math.log2(cost);
  if (!Number.isInteger(log) || log < 1) throw invalidScrypt('N is no power of 2 above 1');
  if (128 * cost * size > most) throw invalidScrypt('memory limit exceeded: raise maxmem');
  return ['scrypt', '', secret, salted, keylen, log, size, parallel];
}

function invalidScrypt(why) {
  return coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params: ${why}`);
}

function call(wish, callback) {
  checkFunction(callback, 'callback');
  derive(...wish).then(
    (memory) => process.nextTick(callback, null, Buffer.from(memory)),
    (error) => process.nextTick(callback, error),
  );
}

export function pbkdf2Sync(...given) {
  return Buffer.from(deriveSync(...pbkdf2Wish(...given)));
}

export function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  call(pbkdf2Wish(password, salt, iterations, keylen, digest), callback);
}

export function hkdfSync(...given) {
  return deriveSync(...hkdfWish(...given));
}

export function hkdf(digest, key, salt, info, keylen, callback) {
  checkFunction(callback, 'callback');
  derive(...hkdfWish(digest, key, salt, info, keylen)).then(
    (memory) => process.nextTick(callback, null, memory),
    (error) => process.nextTick(callback, error),
  );
}

export function scryptSync(...given) {
  return Buffer.from(deriveSync(...scryptWish(...given)));
}

export function scrypt(password, salt, keylen, options, callback) {
  if (typeof options === 'function') call(scryptWish(password, salt, keylen), options);
  else call(scryptWish(password, salt, keylen, options), callback);
}

export const { subtle } = webcrypto;
export const getRandomValues = webcrypto.getRandomValues.bind(webcrypto);
export { webcrypto };

export default {
  Hash, Hmac, createHash, createHmac, getHashes, getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync,
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync, subtle, timingSafeEqual,
  webcrypto,
};
