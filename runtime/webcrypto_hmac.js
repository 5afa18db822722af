// HMAC of Web Cryptography.
//
// Spec: https://w3c.github.io/webcrypto/#hmac

import { fillRandom, isEqual, mac } from 'ops:crypto';
import { keyBytes, keyParts, secretKey } from 'ops:internal:crypto_keys';
import { handleOf, makeKey } from 'internal:webcrypto_key';
import {
  checkJwk, checkJwkAlgorithm, checkUsages, checkUseful, fault, hashIn, jwkBytes, numberIn,
  operation, unsupportedFormat,
} from 'internal:webcrypto_parameters';

const USAGES = ['sign', 'verify'];

/** Bits of a block of the hash function, which is as long as a key is by default. */
const blockBits = (hash) => (hash === 'SHA-1' || hash === 'SHA-256' ? 512 : 1024);

const jwkName = (hash) => `HS${hash.slice(4)}`;

function keyLength(parameters) {
  const hash = hashIn(parameters);
  if (parameters.length === undefined) return blockBits(hash);
  const length = numberIn(parameters, 'length');
  if (length === 0) throw fault('OperationError', 'Zero-length key is not supported');
  return length;
}

function key(bytes, length, hash, extractable, usages) {
  const part = new Uint8Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  // What is behind the last bit is no part of the key.
  if (length % 8 > 0) part[part.length - 1] &= 0xFF << (8 - length % 8);
  const algorithm = { name: 'HMAC', length, hash: { name: hash } };
  return makeKey(secretKey(part), 'secret', extractable, algorithm, usages);
}

function generateKey(parameters, extractable, usages) {
  const length = keyLength(parameters);
  checkUsages(usages, USAGES);
  checkUseful(usages);
  const bytes = new Uint8Array(Math.ceil(length / 8));
  fillRandom(bytes, 0, bytes.length);
  return key(bytes, length, hashIn(parameters), extractable, usages);
}

function importKey(format, data, parameters, extractable, usages) {
  const hash = hashIn(parameters);
  checkUsages(usages, USAGES);
  let bytes = data;
  if (format === 'jwk') {
    checkJwk(data, { kty: 'oct', use: 'sig', extractable, usages });
    checkJwkAlgorithm(data, jwkName(hash));
    bytes = jwkBytes(data, 'k');
  } else if (format !== 'raw') {
    throw unsupportedFormat(format);
  }
  const view = bytes instanceof ArrayBuffer
    ? new Uint8Array(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const most = view.length * 8;
  if (most === 0) throw fault('DataError', 'Zero-length key is not supported');
  const length = parameters.length === undefined ? most : numberIn(parameters, 'length');
  if (length > most || length <= most - 8) throw fault('DataError', 'Invalid key length');
  checkUseful(usages);
  return key(view, length, hash, extractable, usages);
}

function exportKey(format, key) {
  if (format === 'raw') return keyBytes(handleOf(key));
  if (format !== 'jwk') throw unsupportedFormat(format);
  return { ...keyParts(handleOf(key)), alg: jwkName(key.algorithm.hash.name) };
}

function sign(_, key, data) {
  return operation(mac(key.algorithm.hash.name, handleOf(key), data));
}

async function verify(_, key, signature, data) {
  // A copy, since the script may write to it before the other is there.
  const given = signature.slice(0);
  const expected = await sign(_, key, data);
  return given.byteLength === expected.byteLength && isEqual(given, expected);
}

export const algorithms = {
  HMAC: { exportKey, generateKey, importKey, keyLength, sign, verify },
};
