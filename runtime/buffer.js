// Buffer: bytes with the methods of Node.js, over Uint8Array.
//
// Spec: https://nodejs.org/api/buffer.html. Left out: what Node has deprecated, and the pool behind
// allocUnsafe, which gives zeroed memory like alloc.

import {
  byteLength as textLength, compare as compareBytes, copy as copyBytes, decode, encode,
  encodingOf, fill as fillBytes, indexOf as findBytes, isAscii as allAscii, isUtf8 as validUtf8,
  swap, write as writeText,
} from 'ops:buffer';
import { checkNumber, coded, outOfRange, wrongType, wrongValue } from 'internal:errors';
import { defineNumbers } from 'internal:buffer_numbers';

const custom = Symbol.for('nodejs.util.inspect.custom');
const LENGTH_MAX = 2 ** 32 - 1;
const STRING_MAX = 2 ** 29 - 24;
const KINDS = 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object';

class Bytes extends Uint8Array {}

/** `Buffer(..)` and `new Buffer(..)` are deprecated, and what old packages call. */
export function Buffer(value, encodingOrOffset, length) {
  if (typeof value !== 'number') return Buffer.from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw wrongType('string', 'of type string', value);
  return Buffer.alloc(value);
}

Buffer.prototype = Bytes.prototype;
Object.defineProperty(Bytes.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, { get: () => Bytes, configurable: true });

function isBytes(value) {
  return value instanceof Uint8Array;
}

function checkBytes(value, name) {
  if (!isBytes(value)) throw wrongType(name, 'an instance of Buffer or Uint8Array', value);
}

function checkSize(size) {
  checkNumber(size, 'size');
  if (!(size >= 0 && size <= LENGTH_MAX)) throw outOfRange('size', `>= 0 && <= ${LENGTH_MAX}`, size);
}

function checkEncoding(encoding) {
  const known = encodingOf(encoding);
  if (known === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  return known;
}

function fromText(text, encoding) {
  if (typeof encoding !== 'string' || encoding === '') return new Bytes(encode(text, 'utf8'));
  return new Bytes(encode(text, checkEncoding(encoding)));
}

function fromBuffer(buffer, byteOffset, length) {
  const offset = byteOffset === undefined ? 0 : +byteOffset || 0;
  const most = buffer.byteLength - offset;
  if (most < 0) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  let taken = most;
  if (length !== undefined) {
    taken = +length > 0 ? Math.trunc(+length) : 0;
    if (taken > most) {
      throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
    }
  }
  return new Bytes(buffer, offset, taken);
}

function isAnyBuffer(value) {
  return value instanceof ArrayBuffer
    || (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)
    || Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function fromLike(value) {
  const { length } = value;
  if (length === undefined && value.buffer === undefined) return undefined;
  if (typeof length !== 'number') return new Bytes(0);
  const made = new Bytes(length > 0 ? length : 0);
  if (isBytes(value)) made.set(value);
  else for (let index = 0; index < made.length; index++) made[index] = value[index];
  return made;
}

function fromObject(value) {
  const like = fromLike(value);
  if (like !== undefined) return like;
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromLike(value.data);
  return undefined;
}

const statics = {
  from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return fromText(value, encodingOrOffset);
    if (typeof value === 'object' && value !== null) {
      if (isAnyBuffer(value)) return fromBuffer(value, encodingOrOffset, length);
      const primitive = value.valueOf?.();
      if (primitive != null && primitive !== value
        && (typeof primitive === 'string' || typeof primitive === 'object')) {
        return Buffer.from(primitive, encodingOrOffset, length);
      }
      const made = fromObject(value);
      if (made !== undefined) return made;
      const toPrimitive = value[Symbol.toPrimitive];
      if (typeof toPrimitive === 'function') {
        const text = toPrimitive.call(value, 'string');
        if (typeof text === 'string') return fromText(text, encodingOrOffset);
      }
    }
    throw wrongType('first argument', KINDS, value);
  },

  alloc(size, fill, encoding) {
    checkSize(size);
    const made = new Bytes(size);
    return fill !== undefined && fill !== 0 && size > 0 ? made.fill(fill, encoding) : made;
  },

  allocUnsafe(size) {
    checkSize(size);
    return new Bytes(size);
  },

  allocUnsafeSlow(size) {
    checkSize(size);
    return new Bytes(size);
  },

  concat(list, totalLength) {
    if (!Array.isArray(list)) throw wrongType('list', 'an instance of Array', list);
    if (list.length === 0) return new Bytes(0);
    for (let index = 0; index < list.length; index++) checkBytes(list[index], `list[${index}]`);
    let total = totalLength;
    if (total === undefined) {
      total = 0;
      for (const one of list) total += one.length;
    } else {
      checkSize(total);
    }
    const made = new Bytes(total);
    let at = 0;
    for (const one of list) {
      if (at >= total) break;
      at += copyBytes(one, made, at, 0, one.length);
    }
    return made;
  },

  copyBytesFrom(view, offset = 0, length) {
    if (!ArrayBuffer.isView(view) || view instanceof DataView) {
      throw wrongType('view', 'an instance of TypedArray', view);
    }
    const end = length === undefined ? view.length : offset + length;
    const part = view.slice(offset, end);
    return new Bytes(part.buffer, part.byteOffset, part.byteLength);
  },

  isBuffer(value) {
    return value instanceof Buffer;
  },

  isEncoding(name) {
    return encodingOf(name) !== undefined;
  },

  byteLength(value, encoding) {
    if (typeof value === 'string') return textLength(value, encodingOf(encoding) ?? 'utf8');
    if (ArrayBuffer.isView(value) || isAnyBuffer(value)) return value.byteLength;
    throw wrongType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  },

  compare(a, b) {
    checkBytes(a, 'buf1');
    checkBytes(b, 'buf2');
    return compareBytes(a, b);
  },

  of(...items) {
    const made = new Bytes(items.length);
    for (let index = 0; index < items.length; index++) made[index] = items[index];
    return made;
  },
};

/** A place in the buffer: what is none is `otherwise`, and what is outside of it is cut. */
function clamped(value, otherwise, length) {
  if (value === undefined) return otherwise;
  const index = Math.trunc(+value) || 0;
  return index < 0 ? 0 : Math.min(index, length);
}

function checkRange(value, name, least, most) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
}

/** A number without its fraction; what cannot be an index is `otherwise`. */
function integer(value, otherwise) {
  const number = Math.trunc(+value);
  return Number.isSafeInteger(number) ? number : otherwise;
}

/** What is looked for, as bytes. */
function wantedBytes(value, encoding) {
  if (typeof value === 'string') return encodeView(value, encoding);
  if (isBytes(value)) return value;
  if (typeof value === 'number') return Bytes.of(value & 255);
  throw wrongType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
}

function encodeView(text, encoding) {
  return new Uint8Array(encode(text, checkEncoding(encoding ?? 'utf8')));
}

function find(buffer, value, byteOffset, encoding, isLast) {
  let from = byteOffset;
  let kind = encoding;
  if (typeof from === 'string') {
    kind = from;
    from = undefined;
  }
  from = +from;
  if (Number.isNaN(from)) from = isLast ? buffer.length : 0;
  const wanted = wantedBytes(value, kind);
  return findBytes(buffer, wanted, Math.trunc(from), isLast);
}

function swapped(buffer, size) {
  if (buffer.length % size !== 0) {
    throw coded(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  }
  swap(buffer, size);
  return buffer;
}

const methods = {
  toString(encoding, start, end) {
    const { length } = this;
    const from = clamped(start, 0, length);
    const to = clamped(end, length, length);
    if (to <= from) return '';
    return decode(this, encoding === undefined ? 'utf8' : checkEncoding(encoding), from, to);
  },

  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },

  equals(other) {
    checkBytes(other, 'otherBuffer');
    return this === other || (this.length === other.length && compareBytes(this, other) === 0);
  },

  compare(target, targetStart = 0, targetEnd = target?.length, start = 0, end = this.length) {
    checkBytes(target, 'target');
    checkRange(targetStart, 'targetStart', 0, LENGTH_MAX);
    checkRange(targetEnd, 'targetEnd', 0, target.length);
    checkRange(start, 'sourceStart', 0, LENGTH_MAX);
    checkRange(end, 'sourceEnd', 0, this.length);
    if (start >= end) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    return compareBytes(this.subarray(start, end), target.subarray(targetStart, targetEnd));
  },

  copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.length) {
    checkBytes(target, 'target');
    const to = integer(targetStart, 0);
    const from = integer(sourceStart, 0);
    const end = integer(sourceEnd, this.length);
    if (to < 0) throw outOfRange('targetStart', '>= 0', to);
    if (from < 0 || from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, from);
    if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
    if (to >= target.length || from >= end) return 0;
    return copyBytes(this, target, to, from, end);
  },

  slice(start, end) {
    return this.subarray(start, end);
  },

  indexOf(value, byteOffset, encoding) {
    return find(this, value, byteOffset, encoding, false);
  },

  lastIndexOf(value, byteOffset, encoding) {
    return find(this, value, byteOffset, encoding, true);
  },

  includes(value, byteOffset, encoding) {
    return find(this, value, byteOffset, encoding, false) !== -1;
  },

  fill(value, offset, end, encoding) {
    let from = offset;
    let to = end;
    let kind = encoding;
    if (typeof from === 'string') [from, to, kind] = [undefined, undefined, from];
    else if (typeof to === 'string') [to, kind] = [undefined, to];
    if (typeof value === 'string' && kind !== undefined) checkEncoding(kind);
    if (from === undefined) {
      from = 0;
      to = this.length;
    } else {
      checkRange(from, 'offset', 0, LENGTH_MAX);
      if (to === undefined) to = this.length;
      else checkRange(to, 'end', 0, this.length);
    }
    if (from >= to) return this;
    if (typeof value !== 'string' && !isBytes(value)) {
      Uint8Array.prototype.fill.call(this, +value & 255, from, to);
      return this;
    }
    const pattern = typeof value === 'string' ? encodeView(value, kind) : value;
    if (pattern.length === 0) {
      if (value.length > 0) throw wrongValue('value', value);
      Uint8Array.prototype.fill.call(this, 0, from, to);
    } else {
      fillBytes(this, pattern, from, to);
    }
    return this;
  },

  write(text, offset, length, encoding) {
    if (typeof text !== 'string') throw wrongType('argument', 'of type string', text);
    let from = offset;
    let most = length;
    let kind = encoding;
    if (typeof from === 'string') [from, most, kind] = [undefined, undefined, from];
    else if (typeof most === 'string') [most, kind] = [undefined, most];
    from ??= 0;
    checkRange(from, 'offset', 0, this.length);
    const room = this.length - from;
    if (most === undefined) most = room;
    else checkRange(most, 'length', 0, this.length);
    return writeText(this, text, checkEncoding(kind ?? 'utf8'), from, Math.min(most, room));
  },

  swap16() {
    return swapped(this, 2);
  },

  swap32() {
    return swapped(this, 4);
  },

  swap64() {
    return swapped(this, 8);
  },

  [custom](depth, options) {
    const shown = Math.min(INSPECT_MAX_BYTES, this.length);
    let text = decode(this, 'hex', 0, shown).replace(/(..)(?!$)/g, '$1 ');
    const rest = this.length - shown;
    if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
    return `<${this.constructor?.name ?? 'Buffer'} ${text}>`;
  },
};

function define(target, members) {
  for (const key of Reflect.ownKeys(members)) {
    const value = members[key];
    Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: false });
  }
}

// They show, as in Node: some packages copy them.
Object.assign(Buffer, statics);
define(Bytes.prototype, methods);
define(Bytes.prototype, {
  toLocaleString: methods.toString,
  ...Object.fromEntries(['utf8', 'utf16le', 'ucs2', 'latin1', 'ascii', 'hex', 'base64', 'base64url'].flatMap(
    (name) => [
      [`${name}Slice`, function slice(start, end) { return this.toString(name, start, end); }],
      [`${name}Write`, function write(text, offset, length) { return this.write(text, offset, length, name); }],
    ],
  )),
});
for (const name of ['parent', 'offset']) {
  const from = name === 'parent' ? 'buffer' : 'byteOffset';
  Object.defineProperty(Bytes.prototype, name, {
    get() { return this instanceof Buffer ? this[from] : undefined; },
    configurable: true,
    enumerable: true,
  });
}
defineNumbers(Bytes.prototype, (members) => define(Bytes.prototype, members));
Buffer.poolSize = 8192;

export const INSPECT_MAX_BYTES = 50;
export const kMaxLength = LENGTH_MAX;
export const kStringMaxLength = STRING_MAX;
export const constants = Object.freeze({ MAX_LENGTH: LENGTH_MAX, MAX_STRING_LENGTH: STRING_MAX });

export function isUtf8(input) {
  if (!ArrayBuffer.isView(input) && !isAnyBuffer(input)) {
    throw wrongType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
  }
  return validUtf8(input);
}

export function isAscii(input) {
  if (!ArrayBuffer.isView(input) && !isAnyBuffer(input)) {
    throw wrongType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
  }
  return allAscii(input);
}

/** From one encoding to another; what the second one lacks becomes `?`. */
export function transcode(source, fromEncoding, toEncoding) {
  checkBytes(source, 'source');
  const to = checkEncoding(toEncoding);
  const text = decode(source, checkEncoding(fromEncoding), 0, source.length);
  const most = { latin1: 0xff, ascii: 0x7f }[to];
  if (most === undefined) return fromText(text, to);
  return fromText(Array.from(text, (one) => (one.codePointAt(0) > most ? '?' : one)).join(''), to);
}

const { atob, btoa, Blob, File } = globalThis;
export { atob, btoa, Blob, File };

export default {
  Buffer, Blob, File, INSPECT_MAX_BYTES, atob, btoa, constants, isAscii, isUtf8, kMaxLength,
  kStringMaxLength, transcode,
};
