// HKDF and PBKDF2 of Web Cryptography.
//
// Spec: https://w3c.github.io/webcrypto/#hkdf

import { derive } from 'ops:crypto';
import { secretKey } from 'ops:internal:crypto_keys';
import { handleOf, makeKey } from 'internal:webcrypto_key';
import {
  bytesIn, checkUsages, checkUseful, fault, hashIn, numberIn, operation, unsupportedFormat,
} from 'internal:webcrypto_parameters';

const HASH_BYTES = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };

function checkLength(length) {
  if (length === null || length % 8 !== 0) {
    throw fault('OperationError', 'length must be a multiple of 8');
  }
  return length / 8;
}

function hkdf(parameters, key, length) {
  const [hash, salt] = [hashIn(parameters), bytesIn(parameters, 'salt')];
  const info = bytesIn(parameters, 'info');
  const bytes = checkLength(length);
  if (bytes > 255 * HASH_BYTES[hash]) {
    throw fault('OperationError', 'HKDF cannot derive as many bits');
  }
  return operation(derive(true, 'hkdf', hash, handleOf(key), salt, bytes, info));
}

function pbkdf2(parameters, key, length) {
  const [hash, salt] = [hashIn(parameters), bytesIn(parameters, 'salt')];
  const iterations = numberIn(parameters, 'iterations');
  const bytes = checkLength(length);
  if (iterations === 0) throw fault('OperationError', 'iterations cannot be zero');
  return operation(derive(true, 'pbkdf2', hash, handleOf(key), salt, bytes, iterations));
}

function kdf(name, deriveBits) {
  return {
    deriveBits,
    // As long as the bytes that are derived.
    keyLength: () => null,
    importKey(format, data, parameters, extractable, usages) {
      if (format !== 'raw') throw unsupportedFormat(format);
      checkUsages(usages, ['deriveKey', 'deriveBits']);
      if (extractable) throw fault('SyntaxError', `${name} keys are not extractable`);
      checkUseful(usages);
      return makeKey(secretKey(data), 'secret', false, { name }, usages);
    },
  };
}

export const algorithms = { HKDF: kdf('HKDF', hkdf), PBKDF2: kdf('PBKDF2', pbkdf2) };
