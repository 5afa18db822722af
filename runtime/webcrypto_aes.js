// AES of Web Cryptography: CBC, CTR, GCM and KW.
//
// Spec: https://w3c.github.io/webcrypto/#aes-cbc

import { fillRandom } from 'ops:crypto';
import { count, seal, wrap } from 'ops:internal:crypto_ciphers';
import { keyBytes, keyParts, secretKey } from 'ops:internal:crypto_keys';
import { handleOf, makeKey } from 'internal:webcrypto_key';
import {
  bytesIn, bytesOf, checkJwk, checkJwkAlgorithm, checkUsages, checkUseful, fault, jwkBytes,
  numberIn, operation, unsupportedFormat,
} from 'internal:webcrypto_parameters';

const LENGTHS = [128, 192, 256];
const GCM_TAGS = [32, 64, 96, 104, 112, 120, 128];
const BLOCK = 16;

const cipherName = (key, mode) => `aes-${key.algorithm.length}-${mode}`;

function wrong(message) {
  return fault('OperationError', message);
}

function checkLength(bytes, length, name) {
  if (bytes.byteLength !== length) throw wrong(`algorithm.${name} must be ${length} bytes long`);
}

function cbc(decrypts) {
  return (parameters, key, data) => {
    const iv = bytesIn(parameters, 'iv');
    checkLength(iv, BLOCK, 'iv');
    return operation(seal(decrypts, cipherName(key, 'cbc'), handleOf(key), iv, data));
  };
}

function ctr(parameters, key, data) {
  const counter = bytesIn(parameters, 'counter');
  const length = numberIn(parameters, 'length', 255);
  checkLength(counter, BLOCK, 'counter');
  if (length < 1 || length > 128) throw wrong('algorithm.length must be from 1 to 128');
  return operation(count(handleOf(key), counter, length, data));
}

function gcm(decrypts) {
  return (parameters, key, data) => {
    const iv = bytesIn(parameters, 'iv');
    const { additionalData } = parameters;
    const aad = additionalData === undefined
      ? undefined
      : bytesOf(additionalData, 'algorithm.additionalData');
    const bits = parameters.tagLength === undefined ? 128 : numberIn(parameters, 'tagLength', 255);
    if (!GCM_TAGS.includes(bits)) throw wrong(`${bits} is no valid AES-GCM tag length`);
    if (decrypts && data.byteLength < bits / 8) throw wrong('The provided data is too small');
    const name = cipherName(key, 'gcm');
    return operation(seal(decrypts, name, handleOf(key), iv, data, aad, bits / 8));
  };
}

/** The operations of a mode: `jwk` is how its keys are called there. */
function mode(name, jwk, usages, operations) {
  const algorithm = (length) => ({ name, length });

  function checkBits(length) {
    if (!LENGTHS.includes(length)) throw wrong('AES key length must be 128, 192 or 256 bits');
    return length;
  }

  return {
    ...operations,

    keyLength: (parameters) => checkBits(numberIn(parameters, 'length', 65535)),

    generateKey(parameters, extractable, given) {
      const length = checkBits(numberIn(parameters, 'length', 65535));
      checkUsages(given, usages);
      checkUseful(given);
      const bytes = new Uint8Array(length / 8);
      fillRandom(bytes, 0, bytes.length);
      return makeKey(secretKey(bytes), 'secret', extractable, algorithm(length), given);
    },

    importKey(format, data, parameters, extractable, given) {
      checkUsages(given, usages);
      let bytes = data;
      if (format === 'jwk') {
        checkJwk(data, { kty: 'oct', use: 'enc', extractable, usages: given });
        bytes = jwkBytes(data, 'k');
      } else if (format !== 'raw') {
        throw unsupportedFormat(format);
      }
      const length = bytes.byteLength * 8;
      if (!LENGTHS.includes(length)) throw fault('DataError', 'Invalid key length');
      if (format === 'jwk') checkJwkAlgorithm(data, `A${length}${jwk}`);
      checkUseful(given);
      return makeKey(secretKey(bytes), 'secret', extractable, algorithm(length), given);
    },

    exportKey(format, key) {
      if (format === 'raw') return keyBytes(handleOf(key));
      if (format !== 'jwk') throw unsupportedFormat(format);
      return { ...keyParts(handleOf(key)), alg: `A${key.algorithm.length}${jwk}` };
    },
  };
}

const CRYPTS = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

export const algorithms = {
  'AES-CBC': mode('AES-CBC', 'CBC', CRYPTS, { encrypt: cbc(false), decrypt: cbc(true) }),
  'AES-CTR': mode('AES-CTR', 'CTR', CRYPTS, { encrypt: ctr, decrypt: ctr }),
  'AES-GCM': mode('AES-GCM', 'GCM', CRYPTS, { encrypt: gcm(false), decrypt: gcm(true) }),
  'AES-KW': mode('AES-KW', 'KW', ['wrapKey', 'unwrapKey'], {
    wrapKey: (_, key, data) => operation(wrap(false, handleOf(key), data)),
    unwrapKey: (_, key, data) => operation(wrap(true, handleOf(key), data)),
  }),
};
