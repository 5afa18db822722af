// Ciphers, piece by piece.
//
// Spec: https://nodejs.org/api/crypto.html#class-cipheriv

import { Buffer } from 'buffer';
import {
  addAuthenticated, cipherInfo, cipherNames, finishCipher, setPadding, startCipher, updateCipher,
} from 'ops:internal:crypto_ciphers';
import { load } from 'internal:crypto_late';
import { bytesOf, isTagged } from 'internal:crypto_bytes';
import { LazyTransform } from 'internal:crypto_stream';
import { checkObject, checkString, coded, wrongType } from 'internal:errors';
import { StringDecoder } from 'string_decoder';

const GCM_TAGS = [4, 8, 12, 13, 14, 15, 16];
const TAG_MAX = 16;
const KEY = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, '
  + 'or CryptoKey';

export function getCiphers() {
  return cipherNames();
}

/** What is known of a cipher; undefined if there is none that takes such a key or IV. */
export function getCipherInfo(nameOrNid, options = {}) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw wrongType('nameOrNid', 'of type string or number', nameOrNid);
  }
  checkObject(options, 'options');
  const { keyLength, ivLength } = options;
  const info = cipherInfo(nameOrNid);
  if (info === undefined) return undefined;
  if (keyLength !== undefined && keyLength !== info.keyLength) return undefined;
  if (ivLength === undefined) return info;
  const fits = info.mode === 'gcm' ? ivLength >= 1 && ivLength <= 128 : ivLength === info.ivLength;
  return fits ? { ...info, ivLength } : undefined;
}

function invalidState(operation) {
  const message = operation === undefined
    ? 'Invalid state'
    : `Invalid state for operation ${operation}`;
  return coded(Error, 'ERR_CRYPTO_INVALID_STATE', message);
}

function checkTagLength(length, mode) {
  const fits = mode === 'gcm' ? GCM_TAGS.includes(length) : length >= 1 && length <= TAG_MAX;
  if (fits) return;
  const message = `Invalid authentication tag length: ${length}`;
  throw coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', message);
}

function keyOf(key) {
  return isTagged(key, 'KeyObject') || isTagged(key, 'CryptoKey')
    ? load('internal:crypto_keys').secretHandle(key)
    : bytesOf(key, 'key', undefined, KEY);
}

/** A piece of the output. What it has of a character, or of a group of base64, goes to the next. */
function told(state, memory, encoding, isLast) {
  const bytes = Buffer.from(memory);
  if (encoding === undefined || encoding === null || encoding === 'buffer') return bytes;
  state.decoder ??= new StringDecoder(encoding);
  return isLast ? state.decoder.end(bytes) : state.decoder.write(bytes);
}

// What no script sees of a cipher.
const states = new WeakMap();

class Cipher extends LazyTransform {
  constructor(decrypts, name, key, iv, options) {
    super(options);
    checkString(name, 'cipher');
    const secret = keyOf(key);
    const vector = iv === null ? undefined : bytesOf(iv, 'iv');
    const info = cipherInfo(name);
    if (info === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    const { mode } = info;
    const hasTag = mode === 'gcm' || mode === 'stream';
    const tagLength = hasTag ? options?.authTagLength : undefined;
    if (tagLength !== undefined) checkTagLength(tagLength, mode);
    const handle = startCipher(decrypts, name, secret, vector);
    if (handle === 'key') {
      throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    }
    if (handle === 'iv') {
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    }
    states.set(this, { handle, hasTag, mode, tagLength, begun: false, tag: undefined });
  }

  update(data, inputEncoding, outputEncoding) {
    const state = states.get(this);
    const bytes = bytesOf(data, 'data', inputEncoding);
    if (state.handle === undefined) throw new Error('Trying to add data in unsupported state');
    state.begun = true;
    return told(state, updateCipher(state.handle, bytes), outputEncoding, false);
  }

  setAutoPadding(autoPadding = true) {
    const { handle } = states.get(this);
    if (handle === undefined) throw invalidState('setAutoPadding');
    setPadding(handle, Boolean(autoPadding));
    return this;
  }

  /** Data that is authenticated and not encrypted: before all that is. */
  setAAD(buffer, options = {}) {
    const { handle, hasTag, begun } = states.get(this);
    const bytes = bytesOf(buffer, 'buffer', options?.encoding);
    if (handle === undefined || !hasTag || begun) throw invalidState('setAAD');
    addAuthenticated(handle, bytes);
    return this;
  }

  _transform(chunk, encoding, callback) {
    attempt(this, () => this.update(chunk, encoding), callback);
  }

  _flush(callback) {
    attempt(this, () => this.final(), callback);
  }
}

/** Passes on what a part of the stream becomes, or what is wrong with it. */
function attempt(cipher, work, callback) {
  let bytes;
  try {
    bytes = work();
  } catch (error) {
    callback(error);
    return;
  }
  if (bytes.length > 0) cipher.push(bytes);
  callback();
}

function take(cipher) {
  const state = states.get(cipher);
  const { handle } = state;
  if (handle === undefined) throw invalidState();
  state.handle = undefined;
  return [handle, state];
}

export class Cipheriv extends Cipher {
  constructor(cipher, key, iv, options) {
    super(false, cipher, key, iv, options);
  }

  final(outputEncoding) {
    const [handle, state] = take(this);
    const rest = finishCipher(handle);
    if (!state.hasTag) return told(state, rest, outputEncoding, true);
    // Such a cipher has no rest: this is the tag.
    state.tag = rest;
    return told(state, new ArrayBuffer(0), outputEncoding, true);
  }

  getAuthTag() {
    const { tag, tagLength = TAG_MAX } = states.get(this);
    if (tag === undefined) throw invalidState('getAuthTag');
    return Buffer.from(tag.slice(0, tagLength));
  }
}

export class Decipheriv extends Cipher {
  constructor(cipher, key, iv, options) {
    super(true, cipher, key, iv, options);
  }

  final(outputEncoding) {
    const [handle, state] = take(this);
    const { hasTag, tag } = state;
    if (hasTag && tag === undefined) {
      throw new Error('Unsupported state or unable to authenticate data');
    }
    return told(state, finishCipher(handle, tag), outputEncoding, true);
  }

  /** The tag is checked by `final`: what `update` returned is to be kept back until then. */
  setAuthTag(buffer, encoding) {
    const state = states.get(this);
    const tag = Buffer.from(bytesOf(buffer, 'buffer', encoding));
    if (state.handle === undefined || !state.hasTag || state.tag !== undefined) {
      throw invalidState('setAuthTag');
    }
    checkTagLength(tag.length, state.tagLength === undefined ? state.mode : 'stream');
    if (state.tagLength !== undefined && state.tagLength !== tag.length) {
      const message = `Invalid authentication tag length: ${tag.length}`;
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', message);
    }
    state.tag = tag;
    return this;
  }
}

export function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

export function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}
