// StringDecoder: text out of bytes that come in pieces, no character cut.
//
// Spec: https://nodejs.org/api/string_decoder.html

import { Buffer } from 'buffer';
import { encodingOf } from 'ops:buffer';
import { coded, wrongType } from 'internal:errors';

/** How many bytes at the end of a piece are the beginning of a character. */
function unfinished(bytes, encoding) {
  const { length } = bytes;
  switch (encoding) {
    case 'utf8': {
      for (let back = 1; back <= Math.min(3, length); back++) {
        const byte = bytes[length - back];
        if (byte < 0x80) return 0;
        if (byte >= 0xc0) {
          const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
          return byte < 0xf8 && back < size && begins(bytes, length - back) ? back : 0;
        }
      }
      return 0;
    }
    case 'utf16le': {
      const odd = length % 2;
      const high = length >= 2 + odd ? bytes[length - 1 - odd] : 0;
      return high >= 0xd8 && high <= 0xdb ? 2 + odd : odd;
    }
    case 'base64':
    case 'base64url': return length % 3;
    default: return 0;
  }
}

/** Whether the bytes from there on may go on to a character: some second bytes never follow. */
function begins(bytes, at) {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first < 0xc2 || first > 0xf4) return false;
  if (second === undefined) return true;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most;
}

export class StringDecoder {
  #rest = Buffer.alloc(0);

  constructor(encoding = 'utf8') {
    const known = encodingOf(`${encoding ?? 'utf8'}`);
    if (known === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    this.encoding = known;
  }

  get lastNeed() {
    const [first] = this.#rest;
    if (first === undefined) return 0;
    const ofUtf8 = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    const ofUtf16 = this.#rest.length > 2 ? 4 : 2;
    const size = { utf8: ofUtf8, utf16le: ofUtf16 }[this.encoding] ?? 3;
    return size - this.#rest.length;
  }

  get lastTotal() {
    return this.#rest.length + this.lastNeed;
  }

  write(piece) {
    if (typeof piece === 'string') return piece;
    if (!ArrayBuffer.isView(piece)) {
      throw wrongType('buf', 'an instance of Buffer, TypedArray, or DataView', piece);
    }
    const view = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, view]) : view;
    const end = bytes.length - unfinished(bytes, this.encoding);
    this.#rest = Buffer.from(bytes.subarray(end));
    return bytes.toString(this.encoding, 0, end);
  }

  end(piece) {
    const text = piece === undefined ? '' : this.write(piece);
    const rest = this.#rest.toString(this.encoding);
    this.#rest = Buffer.alloc(0);
    return text + rest;
  }
}

export default { StringDecoder };
