// Curves of Web Cryptography: ECDSA, ECDH, Ed25519 and X25519.
//
// Spec: https://w3c.github.io/webcrypto/#ecdsa

import { generatePair, okpKey, pointKey } from 'ops:internal:crypto_keys';
import { agree, signData, verifyData } from 'ops:internal:crypto_signatures';
import {
  checkPair, checkType, exportAsymmetric, importAsymmetric, makePair,
} from 'internal:webcrypto_asymmetric';
import { handleOf, isKey } from 'internal:webcrypto_key';
import {
  checkJwkAlgorithm, fault, hashIn, operation,
} from 'internal:webcrypto_parameters';

const CURVES = ['P-256', 'P-384', 'P-521'];
const JWK_NAMES = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };
const SIGNS = { use: 'sig', publicUsages: ['verify'], privateUsages: ['sign'] };
const AGREES = { use: 'enc', publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] };

function curveIn({ namedCurve }) {
  if (namedCurve === undefined) {
    throw new TypeError('the member "namedCurve" of the algorithm is missing');
  }
  if (CURVES.includes(`${namedCurve}`)) return `${namedCurve}`;
  throw fault('NotSupportedError', `Unrecognized namedCurve: ${namedCurve}`);
}

/** Keys of the curves of NIST. */
function ec(name, purpose) {
  const of = (namedCurve) => ({
    ...purpose,
    kty: 'EC',
    readRaw: (bytes) => pointKey(namedCurve, bytes),
    checkJwk: (jwk) => {
      if (jwk.crv !== namedCurve) {
        throw fault('DataError', `the member "crv" of the key must be "${namedCurve}"`);
      }
      if (name === 'ECDSA') checkJwkAlgorithm(jwk, JWK_NAMES[namedCurve]);
    },
    describe: ({ webCurve }) => (webCurve === namedCurve ? { name, namedCurve } : undefined),
  });

  return {
    async generateKey(parameters, extractable, usages) {
      const namedCurve = curveIn(parameters);
      checkPair(usages, purpose);
      const handles = await operation(generatePair(true, 'ec', namedCurve));
      return makePair(handles, { name, namedCurve }, extractable, usages, purpose);
    },

    importKey(format, data, parameters, extractable, usages) {
      return importAsymmetric(format, data, extractable, usages, of(curveIn(parameters)));
    },

    exportKey: (format, key) => exportAsymmetric(format, key),
  };
}

/** Keys of Curve25519. */
function okp(name, purpose) {
  const kind = name.toLowerCase();
  const of = {
    ...purpose,
    kty: 'OKP',
    readRaw: (bytes) => okpKey(name, bytes),
    checkJwk: (jwk) => {
      if (jwk.crv !== name) {
        throw fault('DataError', `the member "crv" of the key must be "${name}"`);
      }
      if (name === 'Ed25519') checkJwkAlgorithm(jwk, 'EdDSA', 'Ed25519');
    },
    describe: (found) => (found.kind === kind ? { name } : undefined),
  };

  return {
    async generateKey(parameters, extractable, usages) {
      checkPair(usages, purpose);
      const handles = await operation(generatePair(true, kind));
      return makePair(handles, { name }, extractable, usages, purpose);
    },

    importKey(format, data, parameters, extractable, usages) {
      return importAsymmetric(format, data, extractable, usages, of);
    },

    exportKey(format, key) {
      return exportAsymmetric(format, key, name === 'Ed25519' ? { alg: name } : {});
    },
  };
}

/** Bits that two keys agree on: as many as there are, or the first of them. */
async function deriveBits(parameters, key, length) {
  const { public: other } = parameters;
  if (!isKey(other)) throw new TypeError('algorithm.public must be a CryptoKey');
  checkType(key, 'private');
  if (other.type !== 'public') {
    throw fault('InvalidAccessError', 'algorithm.public must be a public key');
  }
  const { name, namedCurve } = key.algorithm;
  if (other.algorithm.name !== name || other.algorithm.namedCurve !== namedCurve) {
    throw fault('InvalidAccessError', 'the keys are not of the same kind');
  }
  const secret = await operation(agree(true, handleOf(key), handleOf(other)));
  if (length === null) return secret;
  if (secret.byteLength * 8 < length) {
    throw fault('OperationError', 'derived bit length is too small');
  }
  const bits = secret.slice(0, Math.ceil(length / 8));
  if (length % 8 > 0) new Uint8Array(bits)[bits.byteLength - 1] &= 0xFF << (8 - length % 8);
  return bits;
}

const ecdsa = {
  sign(parameters, key, data) {
    const hash = hashIn(parameters);
    checkType(key, 'private');
    return operation(signData(
      true, handleOf(key), hash, false, data, undefined, undefined, 'ieee-p1363'));
  },

  verify(parameters, key, signature, data) {
    const hash = hashIn(parameters);
    checkType(key, 'public');
    return operation(verifyData(
      true, handleOf(key), hash, false, data, undefined, undefined, 'ieee-p1363', signature));
  },
};

const ed25519 = {
  sign(_, key, data) {
    checkType(key, 'private');
    return operation(signData(true, handleOf(key), undefined, false, data));
  },

  verify(_, key, signature, data) {
    checkType(key, 'public');
    return operation(verifyData(
      true, handleOf(key), undefined, false, data, undefined, undefined, undefined, signature));
  },
};

export const algorithms = {
  ECDSA: { ...ec('ECDSA', SIGNS), ...ecdsa },
  ECDH: { ...ec('ECDH', AGREES), deriveBits },
  Ed25519: { ...okp('Ed25519', SIGNS), ...ed25519 },
  X25519: { ...okp('X25519', AGREES), deriveBits },
};
