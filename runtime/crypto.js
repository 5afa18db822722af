// Hashes, keyed hashes and randomness. Everything else is loaded when it is used.
//
// Spec: https://nodejs.org/api/crypto.html

import { Buffer } from 'buffer';
import {
  copy, digest as finish, fillRandom, isEqual, names, newHash, randomBelow,
  randomUUID as uuid, update,
} from 'ops:crypto';
import {
  classes, createCipheriv, createDecipheriv, createECDH, createPrivateKey, createPublicKey,
  createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair,
  generateKeyPairSync, generateKeySync, getCipherInfo, getCiphers, getCurves, hkdf, hkdfSync, load,
  pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, scrypt,
  scryptSync, sign, verify,
} from 'internal:crypto_late';
import { bytesOf, isTagged, shown } from 'internal:crypto_bytes';
import { LazyTransform } from 'internal:crypto_stream';
import { checkFunction, checkString, coded, outOfRange, wrongType } from 'internal:errors';
import { webcrypto } from 'internal:webcrypto';

const SIZE_MAX = 2 ** 31 - 1;

let copyOf;

class Digest extends LazyTransform {
  #handle;
  // What has gone out as the end of a stream.
  #streamed;

  constructor(handle, options) {
    super(options);
    this.#handle = handle;
  }

  update(data, inputEncoding) {
    if (this.#handle === undefined) throw finalized();
    update(this.#handle, bytesOf(data, 'data', inputEncoding));
    return this;
  }

  /** Bytes, or text in an encoding. Nothing can be added afterwards. */
  digest(encoding) {
    if (this.#handle === undefined && this.#streamed === undefined) throw finalized();
    const memory = this.#streamed ?? finish(this.#handle);
    this.#handle = undefined;
    this.#streamed = undefined;
    return shown(memory, encoding);
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    const bytes = this.digest();
    this.#streamed = Uint8Array.from(bytes).buffer;
    this.push(bytes);
    callback();
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
  constructor(algorithm, options) {
    super(typeof algorithm === 'string' ? plain(algorithm, options) : algorithm, options);
  }

  /** Another hash of what this one has seen so far. */
  copy(options) {
    return new Hash(copyOf(this), options);
  }
}

function plain(algorithm, options) {
  const handle = newHash(algorithm);
  if (handle === undefined) {
    throw coded(Error, 'ERR_OSSL_EVP_UNSUPPORTED', `Digest method not supported: ${algorithm}`);
  }
  const length = options?.outputLength;
  // None of these has a length to choose.
  if (length !== undefined && length !== finish(newHash(algorithm)).byteLength) {
    const message = 'error:1C8000A2:Provider routines::not xof or invalid length';
    throw coded(Error, 'ERR_OSSL_NOT_XOF_OR_INVALID_LENGTH', message);
  }
  return handle;
}

export class Hmac extends Digest {
  constructor(algorithm, key, options) {
    const handle = newHash(algorithm, key);
    if (handle === undefined) throw invalidDigest(algorithm);
    super(handle, options);
  }
}

function invalidDigest(algorithm) {
  return coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
}

export function createHash(algorithm, options) {
  checkString(algorithm, 'algorithm');
  return new Hash(algorithm, options);
}

export function createHmac(algorithm, key, options) {
  checkString(algorithm, 'hmac');
  return new Hmac(algorithm, isTagged(key, 'KeyObject') || isTagged(key, 'CryptoKey')
    ? load('internal:crypto_keys').secretHandle(key)
    : bytesOf(key, 'key', options?.encoding), options);
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

Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  value: (...given) => load('internal:crypto_pairs').generatePairPromised(...given),
});

export const { KeyObject, Cipheriv, Decipheriv, ECDH, Sign, Verify } = classes();

export const constants = Object.freeze({
  __proto__: null,
  RSA_PKCS1_PADDING: 1,
  RSA_NO_PADDING: 3,
  RSA_PKCS1_OAEP_PADDING: 4,
  RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1,
  RSA_PSS_SALTLEN_MAX_SIGN: -2,
  RSA_PSS_SALTLEN_AUTO: -2,
  POINT_CONVERSION_COMPRESSED: 2,
  POINT_CONVERSION_UNCOMPRESSED: 4,
  POINT_CONVERSION_HYBRID: 6,
});

export const { subtle } = webcrypto;
export const getRandomValues = webcrypto.getRandomValues.bind(webcrypto);
export {
  createCipheriv, createDecipheriv, createECDH, createPrivateKey, createPublicKey,
  createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair,
  generateKeyPairSync, generateKeySync, getCipherInfo, getCiphers, getCurves, hkdf, hkdfSync,
  pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, scrypt,
  scryptSync, sign, verify, webcrypto,
};

export default {
  Cipheriv, Decipheriv, ECDH, Hash, Hmac, KeyObject, Sign, Verify, constants, createCipheriv,
  createDecipheriv, createECDH, createHash, createHmac, createPrivateKey, createPublicKey,
  createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair,
  generateKeyPairSync, generateKeySync, getCipherInfo, getCiphers, getCurves, getHashes,
  getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt,
  publicDecrypt, publicEncrypt, randomBytes, randomFill, randomFillSync, randomInt, randomUUID,
  scrypt, scryptSync, sign, subtle, timingSafeEqual, verify, webcrypto,
};
