// What all of `crypto` takes for bytes.

import { Buffer } from 'buffer';
import { wrongType, wrongValue } from 'internal:errors';

const BYTES = 'of type string or an instance of Buffer, TypedArray, or DataView';

export function isBytes(value) {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer
    || value instanceof SharedArrayBuffer;
}

/** Text as bytes; a view or a buffer as it is. */
export function bytesOf(value, name, encoding, wanted = BYTES) {
  if (typeof value === 'string') {
    return Buffer.from(value, encoding === 'buffer' ? undefined : encoding);
  }
  if (isBytes(value)) return value;
  throw wrongType(name, wanted, value);
}

/** Memory as a buffer, or as text in an encoding. */
export function shown(memory, encoding) {
  const bytes = Buffer.from(memory);
  if (encoding === undefined || encoding === null || encoding === 'buffer') return bytes;
  if (!Buffer.isEncoding(encoding)) throw wrongValue('encoding', encoding);
  return bytes.toString(encoding);
}

/** Whether a value is of a class of Web Cryptography or of keys, by what it says of itself. */
export function isTagged(value, tag) {
  return typeof value === 'object' && value !== null && value[Symbol.toStringTag] === tag;
}

/** Calls back with what a promise brings, after the script has had its turn. */
export function callLater(promise, callback, convert = (value) => [value]) {
  promise.then(
    (value) => process.nextTick(callback, null, ...convert(value)),
    (error) => process.nextTick(callback, error),
  );
}
