// Key objects: keys by which nobody sees their bytes unless they are exported.
//
// Spec: https://nodejs.org/api/crypto.html#class-keyobject

import { Buffer } from 'buffer';
import {
  describeKey, equalKeys, keyBytes, keyParts, publicKeyOf, readKey, secretKey, writeKey,
} from 'ops:internal:crypto_keys';
import { load } from 'internal:crypto_late';
import { bytesOf, isBytes, isTagged } from 'internal:crypto_bytes';
import { checkObject, coded, wrongType, wrongValue } from 'internal:errors';

const KEY = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';
const PUBLIC_FORMS = ['pkcs1', 'spki'];
const PRIVATE_FORMS = ['pkcs1', 'pkcs8', 'sec1'];
const token = Symbol('internal');

let of;

export class KeyObject {
  #handle;
  #type;

  constructor(type, handle, given) {
    if (given !== token) {
      if (!['secret', 'public', 'private'].includes(type)) throw wrongValue('type', type);
      throw wrongType('handle', 'of type object', handle);
    }
    this.#type = type;
    this.#handle = handle;
  }

  /** The same key as one of Web Cryptography. */
  static from(key) {
    if (!isTagged(key, 'CryptoKey')) throw wrongType('key', 'an instance of CryptoKey', key);
    return keyObject(load('internal:webcrypto_key').handleOf(key));
  }

  get type() {
    return this.#type;
  }

  equals(other) {
    if (!isTagged(other, 'KeyObject')) {
      throw wrongType('otherKeyObject', 'an instance of KeyObject', other);
    }
    return this.#type === of(other).type && equalKeys(this.#handle, of(other).handle);
  }

  /** The same key for Web Cryptography. */
  toCryptoKey(algorithm, extractable, usages) {
    return load('internal:webcrypto_subtle').fromHandle(
      this.#handle, this.#type, algorithm, extractable, usages);
  }

  static {
    of = (key) => ({ handle: key.#handle, type: key.#type });
  }
}

Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, {
  value: 'KeyObject', configurable: true,
});

class SecretKeyObject extends KeyObject {
  get symmetricKeySize() {
    return describeKey(of(this).handle).size;
  }

  export(options) {
    if (options !== undefined) {
      checkObject(options, 'options');
      const { format } = options;
      if (format === 'jwk') return keyParts(of(this).handle);
      if (format !== undefined && format !== 'buffer') {
        throw wrongValue('options.format', format, "must be one of: undefined, 'buffer', 'jwk'");
      }
    }
    return Buffer.from(keyBytes(of(this).handle));
  }
}

class AsymmetricKeyObject extends KeyObject {
  #details;

  get asymmetricKeyType() {
    return describeKey(of(this).handle).kind;
  }

  get asymmetricKeyDetails() {
    this.#details ??= details(describeKey(of(this).handle));
    return { ...this.#details };
  }
}

function details({ kind, bits, exponent, hash, maskHash, saltLength, curve }) {
  if (kind === 'ec') return { namedCurve: curve };
  if (bits === undefined) return {};
  const publicExponent = BigInt(`0x${Buffer.from(exponent).toString('hex')}`);
  const found = { modulusLength: bits, publicExponent };
  if (hash === undefined) return found;
  return { ...found, hashAlgorithm: hash, mgf1HashAlgorithm: maskHash, saltLength };
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options) {
    return exported(of(this).handle, options, 'options', true);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options) {
    return exported(of(this).handle, options, 'options', false);
  }
}

const CLASSES = { secret: SecretKeyObject, public: PublicKeyObject, private: PrivateKeyObject };

/** A key object for a handle. */
export function keyObject(handle) {
  const { type } = describeKey(handle);
  return new CLASSES[type](type, handle, token);
}

function incompatible(form, why) {
  const message = `The selected key encoding ${form} ${why}`;
  return coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', message);
}

/** A key as the options of an export or of a new pair want it; `name` is what they are called. */
export function exported(handle, options, name, isPublic) {
  checkObject(options, name);
  const { format, type: form, cipher, passphrase } = options;
  const encrypts = !isPublic && cipher !== undefined && cipher !== null;
  if (format === 'jwk') {
    if (passphrase !== undefined || encrypts) {
      throw incompatible('jwk', 'does not support encryption.');
    }
    if (describeKey(handle).kind === 'rsa-pss') {
      throw coded(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
    }
    return keyParts(handle);
  }
  if (format !== 'pem' && format !== 'der') throw wrongValue(`${name}.format`, format);
  checkForm(handle, form, name, isPublic);
  let secret;
  if (encrypts) {
    if (typeof cipher !== 'string') throw wrongValue(`${name}.cipher`, cipher);
    if (form !== 'pkcs8') throw incompatible(form, 'does not support encryption.');
    if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
      throw wrongValue(`${name}.passphrase`, passphrase);
    }
    secret = bytesOf(passphrase, 'passphrase', options.encoding);
  } else if (passphrase !== undefined && !isPublic) {
    throw wrongValue(`${name}.cipher`, cipher);
  }
  const der = Buffer.from(writeKey(handle, form, cipher ?? '', secret));
  return format === 'der' ? der : pem(der, label(form, isPublic, encrypts));
}

function checkForm(handle, form, name, isPublic) {
  const forms = isPublic ? PUBLIC_FORMS : PRIVATE_FORMS;
  if (!forms.includes(form)) throw wrongValue(`${name}.type`, form);
  const { kind } = describeKey(handle);
  if (form === 'pkcs1' && kind !== 'rsa') throw incompatible(form, 'can only be used for RSA keys.');
  if (form === 'sec1' && kind !== 'ec') throw incompatible(form, 'can only be used for EC keys.');
}

function label(form, isPublic, encrypts) {
  if (form === 'pkcs1') return `RSA ${isPublic ? 'PUBLIC' : 'PRIVATE'} KEY`;
  if (form === 'spki') return 'PUBLIC KEY';
  if (form === 'sec1') return 'EC PRIVATE KEY';
  return encrypts ? 'ENCRYPTED PRIVATE KEY' : 'PRIVATE KEY';
}

/** Text with bytes in it (RFC 7468). */
export function pem(der, label) {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

export function createSecretKey(key, encoding) {
  return keyObject(secretKey(bytesOf(key, 'key', encoding, KEY)));
}

export function createPrivateKey(key) {
  if (isTagged(key, 'KeyObject')) throw wrongType('key', KEY, key);
  return keyObject(asymmetricHandle(key, false));
}

/** A public key; out of a private one, the one that belongs to it. */
export function createPublicKey(key) {
  const given = key?.key ?? key;
  if (isTagged(given, 'KeyObject') && of(given).type !== 'private') {
    throw wrongKey(of(given).type, 'private');
  }
  const handle = asymmetricHandle(key, true);
  return keyObject(describeKey(handle).type === 'public' ? handle : publicKeyOf(handle));
}

function wrongKey(type, expected) {
  const message = `Invalid key object type ${type}, expected ${expected}.`;
  return coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', message);
}

/** The handle and the type of a key object or a `CryptoKey`. */
function inner(key) {
  if (isTagged(key, 'KeyObject')) return of(key);
  if (!isTagged(key, 'CryptoKey')) return undefined;
  return { handle: load('internal:webcrypto_key').handleOf(key), type: key.type };
}

/** The handle of a private key, or if it is wanted that of a public or private one, in any of the
 * forms in which functions take it. */
export function asymmetricHandle(given, wantsPublic, name = 'key') {
  const key = inner(given) ?? inner(given?.key);
  if (key !== undefined) {
    if (key.type === 'secret' || (!wantsPublic && key.type === 'public')) {
      throw wrongKey(key.type, wantsPublic ? 'private or public' : 'private');
    }
    return key.handle;
  }
  if (typeof given === 'string' || isBytes(given)) {
    return readKey(wantsPublic, bytesOf(given), 'pem');
  }
  if (typeof given !== 'object' || given === null) throw wrongType(name, KEY, given);
  const { key: data, encoding, format = 'pem', type: form, passphrase } = given;
  if (format === 'jwk') {
    checkObject(data, `${name}.key`);
    return load('internal:crypto_jwk').fromJwk(data, wantsPublic);
  }
  if (typeof data !== 'string' && !isBytes(data)) throw wrongType(`${name}.key`, KEY, data);
  if (format !== 'pem' && format !== 'der') throw wrongValue('options.format', format);
  if (format === 'der') {
    const forms = wantsPublic ? [...PUBLIC_FORMS, 'pkcs8', 'sec1'] : PRIVATE_FORMS;
    if (!forms.includes(form)) throw wrongValue('options.type', form);
  }
  if (passphrase !== undefined && typeof passphrase !== 'string' && !isBytes(passphrase)) {
    throw wrongValue('options.passphrase', passphrase);
  }
  const secret = passphrase === undefined ? undefined : bytesOf(passphrase, '', encoding);
  return readKey(wantsPublic, bytesOf(data, '', encoding), format, form, secret);
}

/** The handle of a secret key object, or of a `CryptoKey` with a secret. */
export function secretHandle(key) {
  const { handle, type } = inner(key);
  if (type !== 'secret') throw wrongKey(type, 'secret');
  return handle;
}
