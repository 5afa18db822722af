// The operations of `crypto.subtle`, apart from `digest`: what is asked for is checked here, and done
// by the algorithm that is asked for.
//
// Spec: https://w3c.github.io/webcrypto/#subtlecrypto-interface

import { Buffer } from 'buffer';
import { load } from 'ops:internal:webcrypto_subtle';
import { keyBytes, writeKey } from 'ops:internal:crypto_keys';
import { isKey, mayBeUsedTo, readUsages } from 'internal:webcrypto_key';
import { bytesOf, fault, isBufferSource } from 'internal:webcrypto_parameters';

/** Where the algorithms are. */
const FAMILIES = {
  'internal:webcrypto_aes': ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'],
  'internal:webcrypto_ec': ['ECDSA', 'ECDH', 'Ed25519', 'X25519'],
  'internal:webcrypto_hmac': ['HMAC'],
  'internal:webcrypto_kdf': ['HKDF', 'PBKDF2'],
  'internal:webcrypto_rsa': ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'],
};
const FORMATS = ['raw', 'pkcs8', 'spki', 'jwk'];

/** The canonical name of an algorithm, its parameters and its operations. */
function find(given, operation) {
  const parameters = typeof given === 'object' && given !== null ? given : { name: given };
  if (parameters.name === undefined) {
    throw new TypeError('the member "name" of the algorithm is missing');
  }
  const wanted = `${parameters.name}`.toLowerCase();
  for (const [module, names] of Object.entries(FAMILIES)) {
    const name = names.find((known) => known.toLowerCase() === wanted);
    if (name === undefined) continue;
    const operations = load(module).algorithms[name];
    if (operation in operations) return { name, parameters, operations };
  }
  throw fault('NotSupportedError', `Unrecognized algorithm name: ${parameters.name}`);
}

function checkIsKey(key, name = 'key') {
  if (!isKey(key)) throw new TypeError(`the argument "${name}" must be a CryptoKey`);
}

/** Whether a key is one of the algorithm, and may be used so. */
function checkKey(key, name, usage) {
  if (key.algorithm.name !== name) {
    throw fault('InvalidAccessError', 'Key algorithm mismatch');
  }
  if (!mayBeUsedTo(key, usage)) {
    throw fault('InvalidAccessError', `The key cannot be used to ${usage}`);
  }
}

function checkFormat(format) {
  if (!FORMATS.includes(`${format}`)) {
    throw new TypeError(`'${format}' is no key format: they are ${FORMATS.join(', ')}`);
  }
}

/** Asks an algorithm to do with data what its key is for. */
function crypt(usage, algorithm, key, data) {
  const { name, parameters, operations } = find(algorithm, usage);
  checkIsKey(key);
  bytesOf(data, 'the argument "data"');
  checkKey(key, name, usage);
  return operations[usage](parameters, key, data);
}

export async function encrypt(algorithm, key, data) {
  return crypt('encrypt', algorithm, key, data);
}

export async function decrypt(algorithm, key, data) {
  return crypt('decrypt', algorithm, key, data);
}

export async function sign(algorithm, key, data) {
  return crypt('sign', algorithm, key, data);
}

export async function verify(algorithm, key, signature, data) {
  const { name, parameters, operations } = find(algorithm, 'verify');
  checkIsKey(key);
  bytesOf(signature, 'the argument "signature"');
  bytesOf(data, 'the argument "data"');
  checkKey(key, name, 'verify');
  return operations.verify(parameters, key, signature, data);
}

export async function generateKey(algorithm, extractable, keyUsages) {
  const { parameters, operations } = find(algorithm, 'generateKey');
  const usages = readUsages(keyUsages);
  return operations.generateKey(parameters, Boolean(extractable), usages);
}

function imported(format, data, algorithm, extractable, usages) {
  const { parameters, operations } = find(algorithm, 'importKey');
  return operations.importKey(format, data, parameters, extractable, usages);
}

export async function importKey(format, keyData, algorithm, extractable, keyUsages) {
  checkFormat(format);
  const usages = readUsages(keyUsages);
  if (format === 'jwk') {
    if (typeof keyData !== 'object' || keyData === null || isBufferSource(keyData)) {
      throw new TypeError('the argument "keyData" must be a JSON Web Key');
    }
  } else {
    bytesOf(keyData, 'the argument "keyData"');
  }
  return imported(`${format}`, keyData, algorithm, Boolean(extractable), usages);
}

function exported(format, key) {
  const { operations } = find(key.algorithm.name, 'importKey');
  if (operations.exportKey === undefined) {
    throw fault('NotSupportedError', `${key.algorithm.name} keys cannot be exported`);
  }
  if (!key.extractable) throw fault('InvalidAccessError', 'key is not extractable');
  const found = operations.exportKey(format, key);
  return format === 'jwk' ? { ...found, key_ops: key.usages.slice(), ext: key.extractable } : found;
}

export async function exportKey(format, key) {
  checkFormat(format);
  checkIsKey(key);
  return exported(`${format}`, key);
}

/** Bits; a length that is left out or null stands for as many as there are. */
function lengthOf(length) {
  return length === undefined || length === null ? null : length >>> 0;
}

export async function deriveBits(algorithm, baseKey, length = null) {
  const { name, parameters, operations } = find(algorithm, 'deriveBits');
  checkIsKey(baseKey, 'baseKey');
  checkKey(baseKey, name, 'deriveBits');
  return operations.deriveBits(parameters, baseKey, lengthOf(length));
}

export async function deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
  const { name, parameters, operations } = find(algorithm, 'deriveBits');
  const derived = find(derivedKeyType, 'keyLength');
  const usages = readUsages(keyUsages);
  checkIsKey(baseKey, 'baseKey');
  checkKey(baseKey, name, 'deriveKey');
  const length = derived.operations.keyLength(derived.parameters);
  const bits = await operations.deriveBits(parameters, baseKey, length);
  return imported('raw', bits, derivedKeyType, Boolean(extractable), usages);
}

/** Wraps or unwraps with what an algorithm has for it, or else encrypts or decrypts. */
function findWrapping(algorithm, usage, crypts) {
  let found;
  try {
    found = find(algorithm, usage);
  } catch {
    found = find(algorithm, crypts);
  }
  return { ...found, run: found.operations[usage] ?? found.operations[crypts] };
}

export async function wrapKey(format, key, wrappingKey, wrapAlgorithm) {
  checkFormat(format);
  checkIsKey(key);
  checkIsKey(wrappingKey, 'wrappingKey');
  const { name, parameters, run } = findWrapping(wrapAlgorithm, 'wrapKey', 'encrypt');
  checkKey(wrappingKey, name, 'wrapKey');
  const found = exported(`${format}`, key);
  const bytes = format === 'jwk' ? Buffer.from(JSON.stringify(found)) : found;
  return run(parameters, wrappingKey, bytes);
}

export async function unwrapKey(
  format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages,
) {
  checkFormat(format);
  bytesOf(wrappedKey, 'the argument "wrappedKey"');
  checkIsKey(unwrappingKey, 'unwrappingKey');
  const { name, parameters, run } = findWrapping(unwrapAlgorithm, 'unwrapKey', 'decrypt');
  find(unwrappedKeyAlgorithm, 'importKey');
  const usages = readUsages(keyUsages);
  checkKey(unwrappingKey, name, 'unwrapKey');
  let data = await run(parameters, unwrappingKey, wrappedKey);
  if (format === 'jwk') {
    try {
      data = JSON.parse(Buffer.from(data).toString());
    } catch (error) {
      throw fault('DataError', 'Invalid wrapped JWK key', error);
    }
  }
  return imported(`${format}`, data, unwrappedKeyAlgorithm, Boolean(extractable), usages);
}

/** The `CryptoKey` of a key object, as `KeyObject.prototype.toCryptoKey` has it. */
export function fromHandle(handle, type, algorithm, extractable, keyUsages) {
  const usages = readUsages(keyUsages);
  let format = 'pkcs8';
  let data;
  if (type === 'secret') [format, data] = ['raw', keyBytes(handle)];
  else {
    if (type === 'public') format = 'spki';
    data = writeKey(handle, format);
  }
  return imported(format, data, algorithm, Boolean(extractable), usages);
}
