// The streams of `zlib`. Output is made a piece at a time, and no faster than somebody reads it, so a
// few bytes that decompress to gigabytes take no more memory than a piece.
//
// Spec: https://nodejs.org/api/zlib.html#class-zlibzlibbase

import { Buffer } from 'buffer';
import { Transform, finished } from 'stream';
import { coded } from 'internal:errors';
import { modes, ranged, settingsOf } from 'internal:zlib_settings';
import { feed, open, reset, setParams, step, stepLater } from 'ops:internal:zlib_streams';

// Where an engine stands after a step.
const MORE = 1;
const END = 2;

// A larger chunk is worked on by another thread; so is each that brotli or zstd compresses.
const INLINE_BYTES = 16384;

const Z_SYNC_FLUSH = 2;

class ZlibBase extends Transform {
  bytesWritten = 0;
  #handle;
  #size;
  #flush;
  #finish;
  #full;
  #slow;
  // Marks in the input: what kind of flush each stands for.
  #marks = new WeakMap();
  // Goes on when somebody reads again.
  #resume;
  // Bytes of the chunk that is worked on which have not been taken.
  #left = 0;

  constructor(mode, given) {
    const { native, size, flush, finish, full, options } = settingsOf(mode, given);
    const handle = open(native);
    super({
      ...options,
      flush: undefined,
      encoding: null,
      objectMode: false,
      readableObjectMode: false,
      writableObjectMode: false,
    });
    this.#handle = handle;
    [this.#size, this.#flush, this.#finish, this.#full] = [size, flush, finish, full];
    this.#slow = mode === modes.BrotliCompress || mode === modes.ZstdCompress;
  }

  get _closed() {
    return this.#handle === undefined;
  }

  /** Begins anew, with the same settings. */
  reset() {
    if (this.#handle === undefined) {
      throw coded(Error, 'ERR_INVALID_STATE', 'Invalid state: the stream is closed');
    }
    reset(this.#handle);
  }

  /** Has all that was written so far come out. */
  flush(kind, callback) {
    let [wanted, call] = [kind, callback];
    if (typeof kind === 'function') [wanted, call] = [undefined, kind];
    if (this.writableFinished) {
      if (call) process.nextTick(call);
    } else if (this.writableEnded) {
      if (call) this.once('end', call);
    } else {
      const mark = Buffer.alloc(0);
      this.#marks.set(mark, wanted ?? this.#full);
      this.write(mark, '', call);
    }
  }

  close(callback) {
    if (callback) finished(this, callback);
    this.destroy();
  }

  _read(size) {
    const resume = this.#resume;
    this.#resume = undefined;
    if (resume) resume();
    else super._read(size);
  }

  _transform(chunk, encoding, callback) {
    this.#work(chunk, this.#marks.get(chunk) ?? this.#flush, callback);
  }

  _flush(callback) {
    this.#work(Buffer.alloc(0), this.#finish, callback);
  }

  _destroy(error, callback) {
    this.#handle = undefined;
    this.#resume = undefined;
    callback(error);
  }

  #work(chunk, kind, callback) {
    if (this.#handle === undefined) {
      callback();
      return;
    }
    feed(this.#handle, chunk);
    this.#left = chunk.length;
    const far = chunk.length > INLINE_BYTES || (this.#slow && chunk.length > 0);
    this.#go(kind, far, callback);
  }

  // Makes pieces until the chunk is used up, or nobody reads.
  #go(kind, far, callback) {
    if (far) {
      stepLater(this.#handle, kind, this.#size).then(
        (piece) => {
          if (this.#took(piece, kind, far, callback)) this.#go(kind, far, callback);
        },
        callback,
      );
      return;
    }
    let piece;
    do {
      try {
        piece = step(this.#handle, kind, this.#size);
      } catch (error) {
        callback(error);
        return;
      }
    } while (this.#took(piece, kind, far, callback));
  }

  // Hands a piece on. True if there is more, and room for it.
  #took([memory, state, taken], kind, far, callback) {
    this.bytesWritten += taken;
    this.#left -= taken;
    if (this.#handle === undefined) return false;
    const room = memory === null || this.push(Buffer.from(memory));
    // Whoever has read the piece may have closed the stream.
    if (this.#handle === undefined) return false;
    if (state === MORE) {
      if (!room) this.#resume = () => this.#go(kind, far, callback);
      return room;
    }
    // The data has ended before the input has: what follows it is none of its.
    if (state === END && this.#left > 0) this.push(null);
    callback();
    return false;
  }

  /** Another level and strategy, for what is written from here on. */
  _params(level, strategy, callback) {
    const wanted = [ranged(level, 'level', -1, 9, -1), ranged(strategy, 'strategy', 0, 4, 0)];
    this.flush(Z_SYNC_FLUSH, () => {
      if (this.#handle !== undefined) setParams(this.#handle, ...wanted);
      callback?.();
    });
  }
}

class Zlib extends ZlibBase {
  params(level, strategy, callback) {
    this._params(level, strategy, callback);
  }
}

function classOf(name, Base) {
  const Class = {
    [name]: class extends Base {
      constructor(options) {
        super(modes[name], options);
      }
    },
  }[name];
  return Class;
}

export const Deflate = classOf('Deflate', Zlib);
export const Inflate = classOf('Inflate', Zlib);
export const Gzip = classOf('Gzip', Zlib);
export const Gunzip = classOf('Gunzip', Zlib);
export const DeflateRaw = classOf('DeflateRaw', Zlib);
export const InflateRaw = classOf('InflateRaw', Zlib);
export const Unzip = classOf('Unzip', Zlib);
export const BrotliCompress = classOf('BrotliCompress', ZlibBase);
export const BrotliDecompress = classOf('BrotliDecompress', ZlibBase);
export const ZstdCompress = classOf('ZstdCompress', ZlibBase);
export const ZstdDecompress = classOf('ZstdDecompress', ZlibBase);
