// Signatures, and RSA as a cipher.
//
// Spec: https://nodejs.org/api/crypto.html#class-sign

import { Buffer } from 'buffer';
import { digest, newHash, update } from 'ops:crypto';
import { describeKey } from 'ops:internal:crypto_keys';
import {
  decryptPublic, decryptRsa, encryptPrivate, encryptRsa, signData, verifyData,
} from 'ops:internal:crypto_signatures';
import { bytesOf, callLater, shown } from 'internal:crypto_bytes';
import { asymmetricHandle } from 'internal:crypto_keys';
import { LazyWritable } from 'internal:crypto_stream';
import {
  checkFunction, checkString, coded, wrongType, wrongValue,
} from 'internal:errors';

const SIGNATURE = 'an instance of Buffer, TypedArray, or DataView';

function invalidDigest(name) {
  const message = name === undefined ? 'Invalid digest' : `Invalid digest: ${name}`;
  return coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', message);
}

/** How to sign, so far as options beside the key say it. */
function manner(options) {
  const { padding, saltLength, dsaEncoding } = Object(options);
  if (padding !== undefined && !Number.isInteger(padding)) {
    throw wrongValue('options.padding', padding);
  }
  if (saltLength !== undefined && !Number.isInteger(saltLength)) {
    throw wrongValue('options.saltLength', saltLength);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') {
    throw wrongValue('options.dsaEncoding', dsaEncoding);
  }
  return [padding, saltLength, dsaEncoding];
}

// The hash of what was put in; undefined once it has been used.
const hashes = new WeakMap();

class Signing extends LazyWritable {
  constructor(algorithm, options) {
    checkString(algorithm, 'algorithm');
    super(options);
    const handle = newHash(algorithm);
    if (handle === undefined) throw invalidDigest();
    hashes.set(this, { algorithm, handle });
  }

  update(data, inputEncoding) {
    const bytes = bytesOf(data, 'data', inputEncoding);
    const state = hashes.get(this);
    if (state === undefined) throw notInitialised();
    update(state.handle, bytes);
    return this;
  }

  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }
}

function notInitialised() {
  return coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
}

/** The name and the hash of what was put in, once. */
function take(signing) {
  const state = hashes.get(signing);
  if (state === undefined) throw notInitialised();
  hashes.delete(signing);
  return [state.algorithm, true, digest(state.handle)];
}

/** An Ed25519 key signs what it hashes itself. */
function checkHashes(key) {
  if (/25519/.test(describeKey(key).kind)) {
    throw coded(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  }
}

export class Sign extends Signing {
  sign(options, encoding) {
    if (!options) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    const key = asymmetricHandle(options, false);
    const how = manner(options);
    checkHashes(key);
    return shown(signData(false, key, ...take(this), ...how), encoding);
  }
}

export class Verify extends Signing {
  verify(options, signature, signatureEncoding) {
    const key = asymmetricHandle(options, true);
    const how = manner(options);
    const bytes = bytesOf(signature, 'signature', signatureEncoding);
    checkHashes(key);
    return verifyData(false, key, ...take(this), ...how, bytes);
  }
}

export function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

export function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

function checkAlgorithm(algorithm) {
  if (algorithm === undefined || algorithm === null) return undefined;
  checkString(algorithm, 'algorithm');
  if (newHash(algorithm) === undefined) throw invalidDigest(algorithm);
  return algorithm;
}

/** The signature of data that is whole; with a callback, a worker thread makes it. */
export function sign(algorithm, data, key, callback) {
  if (callback !== undefined) checkFunction(callback, 'callback');
  const hash = checkAlgorithm(algorithm);
  const bytes = bytesOf(data, 'data');
  if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  const handle = asymmetricHandle(key, false);
  const given = [handle, hash, false, bytes, ...manner(key)];
  if (callback === undefined) return Buffer.from(signData(false, ...given));
  callLater(signData(true, ...given), callback, (memory) => [Buffer.from(memory)]);
  return undefined;
}

export function verify(algorithm, data, key, signature, callback) {
  if (callback !== undefined) checkFunction(callback, 'callback');
  const hash = checkAlgorithm(algorithm);
  const bytes = bytesOf(data, 'data');
  if (!ArrayBuffer.isView(signature) && !(signature instanceof ArrayBuffer)) {
    throw wrongType('signature', SIGNATURE, signature);
  }
  const handle = asymmetricHandle(key, true);
  const given = [handle, hash, false, bytes, ...manner(key), signature];
  if (callback === undefined) return verifyData(false, ...given);
  callLater(verifyData(true, ...given), callback);
  return undefined;
}

/** The key, the data, and how to pad it. */
function encryption(options, buffer, wantsPublic) {
  const { padding, oaepHash, oaepLabel, encoding } = Object(options);
  const key = asymmetricHandle(options, wantsPublic);
  if (padding !== undefined && !Number.isInteger(padding)) {
    throw wrongValue('options.padding', padding);
  }
  if (oaepHash !== undefined) {
    checkString(oaepHash, 'key.oaepHash');
    if (newHash(oaepHash) === undefined) {
      throw coded(Error, 'ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used');
    }
  }
  const label = oaepLabel === undefined
    ? undefined
    : bytesOf(oaepLabel, 'key.oaepLabel', encoding);
  return [key, bytesOf(buffer, 'buffer', encoding), padding, oaepHash, label];
}

export function publicEncrypt(options, buffer) {
  return Buffer.from(encryptRsa(false, ...encryption(options, buffer, true)));
}

export function privateDecrypt(options, buffer) {
  return Buffer.from(decryptRsa(false, ...encryption(options, buffer, false)));
}

export function privateEncrypt(options, buffer) {
  return Buffer.from(encryptPrivate(...encryption(options, buffer, false)));
}

export function publicDecrypt(options, buffer) {
  return Buffer.from(decryptPublic(...encryption(options, buffer, true)));
}
