// How pairs of keys come in and go out in Web Cryptography, whatever they are for.
//
// Spec: https://w3c.github.io/webcrypto/#rsassa-pkcs1-operations

import {
  describeKey, keyBytes, keyParts, readKey, writeKey,
} from 'ops:internal:crypto_keys';
import { fromJwk } from 'internal:crypto_jwk';
import { handleOf, makeKey } from 'internal:webcrypto_key';
import {
  checkJwk, checkUsages, checkUseful, fault, parsed, unsupportedFormat,
} from 'internal:webcrypto_parameters';

/** A key that comes in. `of` says of its kind: `kty` and `use` of a JSON Web Key, the usages of
 * either half, and functions that read raw bytes, check a JSON Web Key, and make the algorithm of
 * what `describeKey` says, where that is right. */
export function importAsymmetric(format, data, extractable, usages, of) {
  let isPublic = format === 'spki' || format === 'raw';
  if (format === 'jwk') isPublic = data.d === undefined;
  else if (!isPublic && format !== 'pkcs8') throw unsupportedFormat(format);
  if (format === 'raw' && of.readRaw === undefined) throw unsupportedFormat(format);
  checkUsages(usages, isPublic ? of.publicUsages : of.privateUsages);
  const handle = read(format, data, isPublic, extractable, usages, of);
  const algorithm = of.describe(describeKey(handle));
  if (algorithm === undefined) throw fault('DataError', 'Invalid key type');
  if (!isPublic) checkUseful(usages);
  return makeKey(handle, isPublic ? 'public' : 'private', extractable, algorithm, usages);
}

function read(format, data, isPublic, extractable, usages, of) {
  if (format === 'raw') return parsed(() => of.readRaw(data));
  if (format !== 'jwk') return parsed(() => readKey(isPublic, data, 'der', format));
  checkJwk(data, { kty: of.kty, use: of.use, extractable, usages });
  of.checkJwk(data);
  return parsed(() => fromJwk(data, isPublic));
}

/** A key that goes out. */
export function exportAsymmetric(format, key, { hasRaw = true, alg } = {}) {
  const handle = handleOf(key);
  const isPublic = key.type === 'public';
  if (format === 'jwk') {
    return alg === undefined ? keyParts(handle) : { ...keyParts(handle), alg };
  }
  if (format !== 'spki' && format !== 'pkcs8' && !(format === 'raw' && hasRaw)) {
    throw unsupportedFormat(format);
  }
  if (isPublic !== (format !== 'pkcs8')) {
    const message = `a ${key.type} key cannot be exported as ${format}`;
    throw fault('InvalidAccessError', message);
  }
  return format === 'raw' ? keyBytes(handle) : writeKey(handle, format);
}

/** A pair of new keys, for usages that `checkPair` has found right. */
export function makePair([publicHandle, privateHandle], algorithm, extractable, usages, of) {
  const halves = [of.publicUsages, of.privateUsages].map(
    (allowed) => usages.filter((usage) => allowed.includes(usage)));
  return {
    publicKey: makeKey(publicHandle, 'public', true, algorithm, halves[0]),
    privateKey: makeKey(privateHandle, 'private', extractable, algorithm, halves[1]),
  };
}

/** Finds out whether a pair may be used so, before it is made. */
export function checkPair(usages, of) {
  checkUsages(usages, [...of.publicUsages, ...of.privateUsages]);
  checkUseful(usages.filter((usage) => of.privateUsages.includes(usage)));
}

export function checkType(key, type) {
  if (key.type === type) return;
  throw fault('InvalidAccessError', `Key must be a ${type} key`);
}
