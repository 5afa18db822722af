// RSA of Web Cryptography: RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP.
//
// Spec: https://w3c.github.io/webcrypto/#rsassa-pkcs1

import { generatePair } from 'ops:internal:crypto_keys';
import { decryptRsa, encryptRsa, signData, verifyData } from 'ops:internal:crypto_signatures';
import {
  checkPair, checkType, exportAsymmetric, importAsymmetric, makePair,
} from 'internal:webcrypto_asymmetric';
import { handleOf } from 'internal:webcrypto_key';
import {
  bytesIn, bytesOf, checkJwkAlgorithm, fault, hashIn, numberIn, operation,
} from 'internal:webcrypto_parameters';

const PKCS1 = 1;
const OAEP = 4;
const PSS = 6;
// What OpenSSL takes.
const BITS_MIN = 512;
const BITS_MAX = 16384;

/** How RSA keys for one of these are called in a JSON Web Key (RFC 7518 3.1, 4.1). */
const JWK_NAMES = {
  'RSASSA-PKCS1-v1_5': (hash) => `RS${hash.slice(4)}`,
  'RSA-PSS': (hash) => `PS${hash.slice(4)}`,
  'RSA-OAEP': (hash) => (hash === 'SHA-1' ? 'RSA-OAEP' : `RSA-OAEP-${hash.slice(4)}`),
};

function kind(name, use, publicUsages, privateUsages, operations) {
  const of = (hash) => ({
    kty: 'RSA',
    use,
    publicUsages,
    privateUsages,
    checkJwk: (jwk) => checkJwkAlgorithm(jwk, JWK_NAMES[name](hash)),
    describe: ({ kind, bits, exponent }) => (kind === 'rsa'
      ? {
        name,
        modulusLength: bits,
        publicExponent: new Uint8Array(exponent),
        hash: { name: hash },
      }
      : undefined),
  });

  return {
    ...operations,

    async generateKey(parameters, extractable, usages) {
      const bits = numberIn(parameters, 'modulusLength');
      const bytes = bytesIn(parameters, 'publicExponent');
      if (!(bytes instanceof Uint8Array)) {
        throw new TypeError('algorithm.publicExponent must be a Uint8Array');
      }
      const hash = hashIn(parameters);
      const publicExponent = bytes.slice();
      const exponent = publicExponent.reduce((number, byte) => number * 256 + byte, 0);
      checkPair(usages, of(hash));
      if (bits < BITS_MIN || bits > BITS_MAX || exponent < 3 || exponent > 2 ** 32
        || exponent % 2 === 0) {
        throw fault('OperationError', 'no RSA key has such a length or exponent');
      }
      const handles = await operation(generatePair(true, 'rsa', bits, exponent));
      const algorithm = { name, modulusLength: bits, publicExponent, hash: { name: hash } };
      return makePair(handles, algorithm, extractable, usages, of(hash));
    },

    importKey(format, data, parameters, extractable, usages) {
      return importAsymmetric(format, data, extractable, usages, of(hashIn(parameters)));
    },

    exportKey(format, key) {
      const alg = JWK_NAMES[name](key.algorithm.hash.name);
      return exportAsymmetric(format, key, { hasRaw: false, alg });
    },
  };
}

/** The signature operations with a padding. */
function signing(padding, saltIn) {
  return {
    sign(parameters, key, data) {
      checkType(key, 'private');
      const { hash } = key.algorithm;
      const salt = saltIn(parameters);
      return operation(signData(true, handleOf(key), hash.name, false, data, padding, salt));
    },

    verify(parameters, key, signature, data) {
      checkType(key, 'public');
      const [hash, salt] = [key.algorithm.hash.name, saltIn(parameters)];
      return operation(verifyData(
        true, handleOf(key), hash, false, data, padding, salt, undefined, signature));
    },
  };
}

function labelIn({ label }) {
  return label === undefined ? undefined : bytesOf(label, 'algorithm.label');
}

const oaep = {
  encrypt(parameters, key, data) {
    checkType(key, 'public');
    const [hash, label] = [key.algorithm.hash.name, labelIn(parameters)];
    return operation(encryptRsa(true, handleOf(key), data, OAEP, hash, label));
  },

  decrypt(parameters, key, data) {
    checkType(key, 'private');
    const [hash, label] = [key.algorithm.hash.name, labelIn(parameters)];
    return operation(decryptRsa(true, handleOf(key), data, OAEP, hash, label));
  },
};

export const algorithms = {
  'RSASSA-PKCS1-v1_5': kind(
    'RSASSA-PKCS1-v1_5', 'sig', ['verify'], ['sign'], signing(PKCS1, () => undefined)),
  'RSA-PSS': kind('RSA-PSS', 'sig', ['verify'], ['sign'],
    signing(PSS, (parameters) => numberIn(parameters, 'saltLength'))),
  'RSA-OAEP': kind(
    'RSA-OAEP', 'enc', ['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey'], oaep),
};
