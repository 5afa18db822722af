// What the algorithms of Web Cryptography share: how their parameters are read, and their exceptions.
//
// Spec: https://w3c.github.io/webcrypto/#algorithm-dictionary

import { Buffer } from 'buffer';
import { DOMException } from 'internal:dom_exception';

const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

export function fault(name, message, cause) {
  return new DOMException(message, cause === undefined ? name : { name, cause });
}

export function isBufferSource(value) {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

/** A view of bytes that a script gave. */
export function bytesOf(value, name) {
  if (isBufferSource(value)) return value;
  throw new TypeError(`${name} must be an ArrayBuffer or a view of one`);
}

/** A parameter that has to be there, as bytes. */
export function bytesIn(parameters, name) {
  return bytesOf(parameters[name], `the member "${name}" of the algorithm`);
}

/** A parameter that is a whole number. */
export function numberIn(parameters, name, most = 2 ** 32 - 1) {
  const number = Math.trunc(Number(parameters[name]));
  if (parameters[name] !== undefined && number >= 0 && number <= most) return number;
  throw new TypeError(`the member "${name}" of the algorithm must be a number from 0 to ${most}`);
}

/** The canonical name of the hash function in a parameter. */
export function hashIn(parameters) {
  const { hash } = parameters;
  if (hash === undefined) throw new TypeError('the member "hash" of the algorithm is missing');
  const name = `${typeof hash === 'object' && hash !== null ? hash.name : hash}`.toUpperCase();
  if (HASHES.includes(name)) return name;
  throw fault('NotSupportedError', `Unrecognized hash function: ${name}`);
}

/** A `SyntaxError` unless each usage is one of these. */
export function checkUsages(usages, allowed) {
  const wrong = usages.find((usage) => !allowed.includes(usage));
  if (wrong === undefined) return;
  throw fault('SyntaxError', `Unsupported key usage: ${wrong}`);
}

/** A secret or private key has to be for something. */
export function checkUseful(usages) {
  if (usages.length > 0) return;
  throw fault('SyntaxError', 'Usages cannot be empty when a secret or private key is made');
}

/** What a promise brings; whatever goes wrong below is an `OperationError`. */
export async function operation(promise) {
  try {
    return await promise;
  } catch (error) {
    throw fault('OperationError', 'The operation failed for an operation-specific reason', error);
  }
}

/** What a function returns; whatever goes wrong with the data is a `DataError`. */
export function parsed(read) {
  try {
    return read();
  } catch (error) {
    throw fault('DataError', 'Invalid key data', error);
  }
}

/** Checks what a JSON Web Key says of its use (RFC 7517 4). */
export function checkJwk(jwk, { kty, use, extractable, usages }) {
  if (jwk.kty !== kty) throw fault('DataError', `the member "kty" of the key must be "${kty}"`);
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) {
    throw fault('DataError', `the member "use" of the key must be "${use}"`);
  }
  if (jwk.key_ops !== undefined) {
    const operations = Array.from(jwk.key_ops);
    if (new Set(operations).size !== operations.length) {
      throw fault('DataError', 'the member "key_ops" of the key has an operation twice');
    }
    if (!usages.every((usage) => operations.includes(usage))) {
      throw fault('DataError', 'the member "key_ops" of the key lacks a usage');
    }
  }
  if (jwk.ext === false && extractable) {
    throw fault('DataError', 'the member "ext" of the key forbids that it is extractable');
  }
}

export function checkJwkAlgorithm(jwk, ...names) {
  if (jwk.alg === undefined || names.includes(jwk.alg)) return;
  throw fault('DataError', `the member "alg" of the key must be ${names.join(' or ')}`);
}

/** The bytes of a member of a JSON Web Key. */
export function jwkBytes(jwk, name) {
  const text = jwk[name];
  if (typeof text !== 'string' || !/^[\w-]*$/.test(text)) {
    throw fault('DataError', `the member "${name}" of the key must be base64url`);
  }
  return Buffer.from(text, 'base64url');
}

export function unsupportedFormat(format) {
  return fault('NotSupportedError', `Unable to use the key format ${format} with this key`);
}
