// Secrets that two agree on: ECDH, X25519.
//
// Spec: https://nodejs.org/api/crypto.html#class-ecdh

import { Buffer } from 'buffer';
import {
  describeKey, generatePair, keyBytes, numberKey, pointKey, publicKeyOf,
} from 'ops:internal:crypto_keys';
import { agree } from 'ops:internal:crypto_signatures';
import { bytesOf, callLater, isTagged, shown } from 'internal:crypto_bytes';
import { asymmetricHandle } from 'internal:crypto_keys';
import {
  checkFunction, checkObject, checkString, coded, wrongValue,
} from 'internal:errors';

const FORMATS = ['compressed', 'hybrid', 'uncompressed'];

export function getCurves() {
  return ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1'];
}

/** A point as bytes: both coordinates, one and the sign of the other, or both and the sign. */
function pointBytes(key, format = 'uncompressed') {
  if (!FORMATS.includes(format)) {
    throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${format}`);
  }
  const bytes = Buffer.from(keyBytes(key, format === 'compressed'));
  if (format === 'hybrid') bytes[0] = 6 | bytes.at(-1) & 1;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
}

function checkCurve(curve) {
  checkString(curve, 'curve');
  if (['P-256', 'P-384', 'P-521', ...getCurves()].includes(curve)) return;
  throw coded(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
}

function publicPoint(curve, bytes) {
  try {
    return pointKey(curve, bytes);
  } catch {
    const message = 'Public key is not valid for specified curve';
    throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', message);
  }
}

export class ECDH {
  #curve;
  #private;
  #public;

  constructor(curve) {
    checkCurve(curve);
    this.#curve = curve;
  }

  /** The same point in another form. */
  static convertKey(key, curve, inputEncoding, outputEncoding, format) {
    const bytes = bytesOf(key, 'key', inputEncoding);
    checkCurve(curve);
    let point;
    try {
      point = pointKey(curve, bytes);
    } catch {
      throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to convert Buffer to EC_POINT');
    }
    return shown(pointBytes(point, format), outputEncoding);
  }

  generateKeys(encoding, format) {
    [this.#public, this.#private] = generatePair(false, 'ec', this.#curve);
    return this.getPublicKey(encoding, format);
  }

  computeSecret(otherPublicKey, inputEncoding, outputEncoding) {
    const bytes = bytesOf(otherPublicKey, 'otherPublicKey', inputEncoding);
    if (this.#private === undefined) {
      throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair');
    }
    return shown(agree(false, this.#private, publicPoint(this.#curve, bytes)), outputEncoding);
  }

  getPrivateKey(encoding) {
    if (this.#private === undefined) {
      const message = 'Failed to get ECDH private key';
      throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', message);
    }
    return shown(keyBytes(this.#private), encoding);
  }

  getPublicKey(encoding, format) {
    if (this.#public === undefined) {
      throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to get ECDH public key');
    }
    return shown(pointBytes(this.#public, format), encoding);
  }

  setPrivateKey(privateKey, encoding) {
    const bytes = bytesOf(privateKey, 'privateKey', encoding);
    try {
      this.#private = numberKey(this.#curve, bytes);
    } catch {
      const message = 'Private key is not valid for specified curve.';
      throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYTYPE', message);
    }
    this.#public = publicKeyOf(this.#private);
    return this;
  }
}

export function createECDH(curveName) {
  return new ECDH(curveName);
}

/** What both sides compute, each of its own private key and the other's public one. */
export function diffieHellman(options, callback) {
  checkObject(options, 'options');
  const { privateKey, publicKey } = options;
  if (callback !== undefined) checkFunction(callback, 'callback');
  for (const [name, key] of Object.entries({ privateKey, publicKey })) {
    if (!isTagged(key, 'KeyObject')) throw wrongValue(`options.${name}`, key);
  }
  if (privateKey.type !== 'private') throw wrongKeyType(privateKey.type, 'private');
  if (publicKey.type === 'secret') throw wrongKeyType(publicKey.type, 'private or public');
  const [own, other] = [asymmetricHandle(privateKey, false), asymmetricHandle(publicKey, true)];
  const [ours, theirs] = [describeKey(own), describeKey(other)];
  if (ours.kind !== theirs.kind || (ours.kind !== 'ec' && ours.kind !== 'x25519')) {
    const message = `Incompatible key types for Diffie-Hellman: ${ours.kind} and ${theirs.kind}`;
    throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', message);
  }
  if (ours.curve !== theirs.curve) {
    const message = 'Incompatible key options for Diffie-Hellman: the curves differ';
    throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', message);
  }
  if (callback === undefined) return Buffer.from(agree(false, own, other));
  callLater(agree(true, own, other), callback, (memory) => [Buffer.from(memory)]);
  return undefined;
}

function wrongKeyType(type, expected) {
  const message = `Invalid key object type ${type}, expected ${expected}.`;
  return coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', message);
}
