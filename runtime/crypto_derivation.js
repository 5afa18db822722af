// Keys derived from passwords and from other keys.
//
// Spec: https://nodejs.org/api/crypto.html

import { Buffer } from 'buffer';
import { derive, newHash } from 'ops:crypto';
import { load } from 'internal:crypto_late';
import { bytesOf, callLater, isTagged } from 'internal:crypto_bytes';
import {
  checkFunction, checkInteger, checkString, coded, outOfRange, wrongType,
} from 'internal:errors';

const SIZE_MAX = 2 ** 31 - 1;
const INFO_MAX = 1024;

function checkSize(size, name) {
  if (typeof size !== 'number') throw wrongType(name, 'of type number', size);
  if (!(Number.isInteger(size) && size >= 0 && size <= SIZE_MAX)) {
    throw outOfRange(name, `>= 0 && <= ${SIZE_MAX}`, size);
  }
}

function invalidDigest(algorithm) {
  return coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
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
  const secret = isTagged(key, 'KeyObject')
    ? load('internal:crypto_keys').secretHandle(key)
    : bytesOf(key, 'ikm');
  const salted = bytesOf(salt, 'salt');
  const about = bytesOf(info, 'info');
  if (about.byteLength > INFO_MAX) {
    throw outOfRange('info', `must not contain more than ${INFO_MAX} bytes`, about.byteLength);
  }
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
  if (size * parallel >= 2 ** 30) throw invalidScrypt('r * p must be below 2 ** 30');
  if (128 * size * (cost + 2 + parallel) > most) throw invalidScrypt('memory limit exceeded: raise maxmem');
  return ['scrypt', '', secret, salted, keylen, log, size, parallel];
}

function invalidScrypt(why) {
  return coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', `Invalid scrypt params: ${why}`);
}

function call(wish, callback, convert = Buffer.from) {
  checkFunction(callback, 'callback');
  callLater(derive(true, ...wish), callback, (memory) => [convert(memory)]);
}

export function pbkdf2Sync(...given) {
  return Buffer.from(derive(false, ...pbkdf2Wish(...given)));
}

export function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  call(pbkdf2Wish(password, salt, iterations, keylen, digest), callback);
}

export function hkdfSync(...given) {
  return derive(false, ...hkdfWish(...given));
}

export function hkdf(digest, key, salt, info, keylen, callback) {
  call(hkdfWish(digest, key, salt, info, keylen), callback, (memory) => memory);
}

export function scryptSync(...given) {
  return Buffer.from(derive(false, ...scryptWish(...given)));
}

export function scrypt(password, salt, keylen, options, callback) {
  if (typeof options === 'function') call(scryptWish(password, salt, keylen), options);
  else call(scryptWish(password, salt, keylen, options), callback);
}
