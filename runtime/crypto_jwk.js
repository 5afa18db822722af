// Keys out of JSON Web Keys (RFC 7517, 7518 6, RFC 8037 2).

import { Buffer } from 'buffer';
import { ecKey, okpKey, rsaKey } from 'ops:internal:crypto_keys';
import { checkString, coded, wrongValue } from 'internal:errors';

const CURVES = ['P-256', 'secp256k1', 'P-384', 'P-521'];
const PAIRS = ['Ed25519', 'X25519'];

function part(jwk, name) {
  checkString(jwk[name], `key.${name}`);
  return Buffer.from(jwk[name], 'base64url');
}

function oneOf(value, name, allowed) {
  if (allowed.includes(value)) return;
  const list = allowed.map((one) => `'${one}'`).join(', ');
  throw wrongValue(name, value, `must be one of: ${list}`);
}

function made(kind, make) {
  try {
    return make();
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG_TYPE') throw error;
    throw coded(TypeError, 'ERR_CRYPTO_INVALID_JWK', `Invalid JWK ${kind} key`);
  }
}

/** The handle of a public or private key; of a private one, the public half if that is wanted. */
export function fromJwk(jwk, wantsPublic) {
  oneOf(jwk.kty, 'key.kty', ['RSA', 'EC', 'OKP']);
  const isPrivate = !wantsPublic && (jwk.kty !== 'RSA' || jwk.d !== undefined);
  if (jwk.kty === 'RSA') {
    if (!wantsPublic && jwk.d === undefined) {
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_JWK', 'JWK does not contain private key material');
    }
    const names = isPrivate ? ['n', 'e', 'd', 'p', 'q'] : ['n', 'e'];
    const parts = names.map((name) => part(jwk, name));
    return made('RSA', () => rsaKey(...parts));
  }
  if (jwk.kty === 'EC') {
    oneOf(jwk.crv, 'key.crv', CURVES);
    const parts = ['x', 'y', ...(isPrivate ? ['d'] : [])].map((name) => part(jwk, name));
    return made('EC', () => ecKey(jwk.crv, ...parts));
  }
  oneOf(jwk.crv, 'key.crv', PAIRS);
  const parts = ['x', ...(isPrivate ? ['d'] : [])].map((name) => part(jwk, name));
  return made('OKP', () => okpKey(jwk.crv, ...parts));
}
