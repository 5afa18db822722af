// Readable of `stream`: a buffer between what comes and who reads.
//
// Spec: https://nodejs.org/api/stream.html#readable-streams
// What few programs use (operators, adapters, `wrap`) is in files that are loaded when called.

import { EventEmitter } from 'events';
import { coded, wrongType } from 'internal:errors';
import { Stream } from 'internal:stream_legacy';
import {
  asBuffer, buffers, construct, destroy, dispose, fail, highWaterMark, kChunkTypes, kDispose,
  kIsDuplex, notImplemented, undestroy,
} from 'internal:stream_state';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

const MARK_MAX = 2 ** 30;
const COMPACT_FROM = 256;

/** The names are Node's: packages look at some of them. */
export function ReadableState(options, isDuplex) {
  this.objectMode = Boolean(options?.objectMode || (isDuplex && options?.readableObjectMode));
  this.highWaterMark = highWaterMark(options, 'readableHighWaterMark', isDuplex, this.objectMode);
  /** What has come; those before `bufferIndex` have been read. */
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  /** null: nobody has said yet whether it flows. */
  this.flowing = null;
  this.paused = null;
  this.ended = false;
  this.endEmitted = false;
  this.reading = false;
  this.constructed = true;
  /** Whether `_read` is running, so that what it pushes is told later. */
  this.sync = true;
  this.needReadable = false;
  this.emittedReadable = false;
  this.readableListening = false;
  this.resumeScheduled = false;
  this.readingMore = false;
  this.errorEmitted = false;
  this.emitClose = options?.emitClose !== false;
  this.autoDestroy = options?.autoDestroy !== false;
  this.destroyed = false;
  this.errored = null;
  this.closed = false;
  this.closeEmitted = false;
  this.defaultEncoding = options?.defaultEncoding || 'utf8';
  /** Destinations of pipes that want no more for now: one, or a set where there are several. */
  this.awaitDrainWriters = null;
  this.multiAwaitDrain = false;
  this.dataEmitted = false;
  this.decoder = null;
  this.encoding = null;
  if (options?.encoding) decodeAs(this, options.encoding);
}

function decodeAs(state, encoding) {
  const { StringDecoder } = load('string_decoder');
  state.decoder = new StringDecoder(encoding);
  state.encoding = state.decoder.encoding;
  return state.decoder;
}

export function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  const isDuplex = this[kIsDuplex] === true;
  this._readableState = new ReadableState(options, isDuplex);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal && !isDuplex) {
      load('internal:stream_finished').addAbortSignal(options.signal, this);
    }
  }
  Stream.call(this, options);
  construct(this, () => {
    if (this._readableState.needReadable) readMore(this, this._readableState);
  });
}

Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);

const proto = Readable.prototype;
const { on: addListener, removeListener, removeAllListeners } = EventEmitter.prototype;

proto.destroy = destroy;
proto[kDispose] = dispose;
proto._undestroy = undestroy;
proto._destroy = function _destroy(error, callback) {
  callback(error);
};
proto[Symbol.for('nodejs.rejection')] = function rejected(error) {
  this.destroy(error);
};

proto.push = function push(chunk, encoding) {
  return add(this, this._readableState, chunk, encoding, false);
};

proto.unshift = function unshift(chunk, encoding) {
  return add(this, this._readableState, chunk, encoding, true);
};

/** Takes a chunk of `push` or `unshift`; false asks for no more of them for now. */
function add(stream, state, chunk, encoding, front) {
  let given = chunk;
  let isText = false;
  if (given === null) {
    state.reading = false;
    end(stream, state);
    return false;
  }
  if (!state.objectMode) {
    if (typeof given === 'string') {
      const known = encoding || state.defaultEncoding;
      if (state.encoding === known) isText = true;
      else if (front && state.encoding) {
        given = buffers().from(given, known).toString(state.encoding);
        isText = true;
      } else given = buffers().from(given, known);
    } else if (ArrayBuffer.isView(given)) {
      given = asBuffer(given);
      // What is put back joins what is decoded already.
      if (front && state.encoding) given = given.toString(state.encoding);
    } else if (given !== undefined) {
      fail(stream, wrongType('chunk', kChunkTypes, given));
      return false;
    }
    if (given === undefined || given.length === 0) {
      if (!front) {
        state.reading = false;
        readMore(stream, state);
      }
      return wantsMore(state);
    }
  }
  const taken = front ? unshifted(stream, state, given) : pushed(stream, state, given, isText);
  return taken && wantsMore(state);
}

function wantsMore(state) {
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function unshifted(stream, state, chunk) {
  if (state.endEmitted) {
    const message = 'stream.unshift() after end event';
    fail(stream, coded(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', message));
    return false;
  }
  if (state.destroyed || state.errored) return false;
  keep(stream, state, chunk, true);
  return true;
}

function pushed(stream, state, chunk, isText) {
  if (state.ended) {
    fail(stream, coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
    return false;
  }
  if (state.destroyed || state.errored) return false;
  state.reading = false;
  let kept = chunk;
  if (state.decoder !== null && !isText) {
    kept = state.decoder.write(chunk);
    // Perhaps only the beginning of a character.
    if (!state.objectMode && kept.length === 0) {
      readMore(stream, state);
      return true;
    }
  }
  keep(stream, state, kept, false);
  return true;
}

/** Hands a chunk on at once if it can, and keeps it otherwise. */
function keep(stream, state, chunk, front) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    forgetDrains(state);
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (!front) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if (state.needReadable) tellReadable(stream, state);
  }
  readMore(stream, state);
}

function forgetDrains(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

/** Nothing will come after this. */
function end(stream, state) {
  if (state.ended) return;
  if (state.decoder !== null) {
    const rest = state.decoder.end();
    if (rest) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
  }
  state.ended = true;
  if (state.sync) {
    tellReadable(stream, state);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadable(stream, state);
  }
}

function tellReadable(stream, state) {
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  nextTick(emitReadable, stream, state);
}

function emitReadable(stream, state) {
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream, state);
}

/** Asks for chunks until there are as many as the mark says, or nothing comes at once. */
function readMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  nextTick(readAhead, stream, state);
}

function readAhead(stream, state) {
  while (!state.reading && !state.ended
    && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    if (state.length === before) break;
  }
  state.readingMore = false;
}

proto._read = function _read() {
  throw notImplemented('_read()');
};

/** How much of what was asked for there is. */
function available(n, state) {
  if (n <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(n)) {
    const flows = state.flowing && state.length > 0;
    return flows ? state.buffer[state.bufferIndex].length : state.length;
  }
  if (n <= state.length) return n;
  return state.ended ? state.length : 0;
}

function raisedMark(n) {
  return n >= MARK_MAX ? MARK_MAX : 2 ** Math.ceil(Math.log2(n));
}

proto.read = function read(size) {
  const state = this._readableState;
  const asked = Number.isInteger(size) ? size : Number.parseInt(size, 10);
  if (asked > state.highWaterMark) state.highWaterMark = raisedMark(asked);
  if (asked !== 0) state.emittedReadable = false;
  const { highWaterMark: mark } = state;
  // Only to have 'readable' told again.
  if (asked === 0 && state.needReadable
    && (state.ended || (mark === 0 ? state.length > 0 : state.length >= mark))) {
    if (state.length === 0 && state.ended) endReadable(this, state);
    else tellReadable(this, state);
    return null;
  }
  let n = available(asked, state);
  if (n === 0 && state.ended) {
    if (state.length === 0) endReadable(this, state);
    return null;
  }
  const wanted = state.needReadable || state.length === 0 || state.length - n < mark;
  if (wanted && !state.ended && !state.reading && !state.destroyed && !state.errored
    && state.constructed) {
    callRead(this, state);
    if (!state.reading) n = available(asked, state);
  }
  const chunk = n > 0 && state.length > 0 ? take(n, state) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    n = 0;
  } else {
    state.length -= n;
    forgetDrains(state);
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    else if (asked !== n) endReadable(this, state);
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
};

function callRead(stream, state) {
  state.reading = true;
  state.sync = true;
  if (state.length === 0) state.needReadable = true;
  try {
    stream._read(state.highWaterMark);
  } catch (error) {
    fail(stream, error);
  }
  state.sync = false;
}

/** Takes so much out of the buffer, which holds it. */
function take(n, state) {
  const { buffer, objectMode } = state;
  const first = buffer[state.bufferIndex];
  if (objectMode || first.length === n) {
    dropFirst(state);
    return first;
  }
  if (n < first.length) {
    buffer[state.bufferIndex] = first.slice(n);
    return first.slice(0, n);
  }
  const pieces = [];
  let left = n;
  while (left > 0) {
    const piece = buffer[state.bufferIndex];
    if (piece.length <= left) {
      pieces.push(piece);
      dropFirst(state);
    } else {
      pieces.push(piece.slice(0, left));
      buffer[state.bufferIndex] = piece.slice(left);
    }
    left -= Math.min(left, piece.length);
  }
  return state.decoder === null ? buffers().concat(pieces, n) : pieces.join('');
}

function dropFirst(state) {
  const { buffer } = state;
  buffer[state.bufferIndex++] = undefined;
  if (state.bufferIndex === buffer.length) {
    buffer.length = 0;
    state.bufferIndex = 0;
  } else if (state.bufferIndex >= COMPACT_FROM) {
    buffer.splice(0, state.bufferIndex);
    state.bufferIndex = 0;
  }
}

function endReadable(stream, state) {
  if (state.endEmitted) return;
  state.ended = true;
  nextTick(emitEnd, stream, state);
}

function emitEnd(stream, state) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
  state.endEmitted = true;
  stream.emit('end');
  const writable = stream._writableState;
  if (stream.writable && stream.allowHalfOpen === false) {
    nextTick(() => {
      if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
    });
  } else if (state.autoDestroy) {
    const isDone = !writable
      || (writable.autoDestroy && (writable.finished || writable.writable === false));
    if (isDone) stream.destroy();
  }
}

proto.on = function on(name, listener) {
  const added = addListener.call(this, name, listener);
  const state = this._readableState;
  if (name === 'data') {
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (name === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = true;
    state.needReadable = true;
    state.flowing = false;
    state.emittedReadable = false;
    if (state.length > 0) tellReadable(this, state);
    else if (!state.reading) nextTick(() => this.read(0));
  }
  return added;
};
proto.addListener = proto.on;

proto.removeListener = function off(name, listener) {
  const result = removeListener.call(this, name, listener);
  // Later, since who reads by `once` takes itself off and listens anew.
  if (name === 'readable') nextTick(noteListeners, this);
  return result;
};
proto.off = proto.removeListener;

proto.removeAllListeners = function removeAll(...names) {
  const result = removeAllListeners.apply(this, names);
  if (names.length === 0 || names[0] === undefined || names[0] === 'readable') {
    nextTick(noteListeners, this);
  }
  return result;
};

function noteListeners(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state.paused === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

proto.resume = function resume() {
  const state = this._readableState;
  if (!state.flowing) {
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      nextTick(goOn, this, state);
    }
  }
  state.paused = false;
  return this;
};

function goOn(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream, state);
  if (state.flowing && !state.reading) stream.read(0);
}

proto.pause = function pause() {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state.paused = true;
  return this;
};

proto.isPaused = function isPaused() {
  const { paused, flowing } = this._readableState;
  return paused === true || flowing === false;
};

function flow(stream, state) {
  while (state.flowing && stream.read() !== null);
}

proto.setEncoding = function setEncoding(encoding) {
  const state = this._readableState;
  const decoder = decodeAs(state, encoding);
  let text = '';
  for (let at = state.bufferIndex; at < state.buffer.length; at++) {
    text += decoder.write(state.buffer[at]);
  }
  state.buffer = text === '' ? [] : [text];
  state.bufferIndex = 0;
  state.length = text.length;
  return this;
};

for (const name of ['pipe', 'unpipe']) {
  proto[name] = function later(...given) {
    return load('internal:stream_pipe')[name].apply(this, given);
  };
  Object.defineProperty(proto[name], 'name', { value: name });
}

proto.wrap = function wrap(old) {
  return load('internal:stream_from').wrap(this, old);
};

proto[Symbol.asyncIterator] = function iterate() {
  return load('internal:stream_iterator').iterate(this);
};

proto.iterator = function iterator(options) {
  if (options !== undefined) load('internal:errors').checkObject(options, 'options');
  return load('internal:stream_iterator').iterate(this, options);
};

/** Accessors that only read the state. */
function facts(read) {
  for (const [name, get] of Object.entries(read)) {
    Object.defineProperty(proto, name, {
      configurable: true,
      get() {
        const state = this._readableState;
        return state === undefined ? undefined : get(state, this);
      },
    });
  }
}

facts({
  readableDidRead: (state) => state.dataEmitted,
  readableAborted: (state) => Boolean(
    state.readable !== false && (state.destroyed || state.errored) && !state.endEmitted,
  ),
  readableHighWaterMark: (state) => state.highWaterMark,
  readableBuffer: (state) => state.buffer.slice(state.bufferIndex),
  readableLength: (state) => state.length,
  readableObjectMode: (state) => state.objectMode,
  readableEncoding: (state) => state.encoding,
  readableEnded: (state) => state.endEmitted,
  errored: (state) => state.errored,
  closed: (state) => state.closed,
});

Object.defineProperties(proto, {
  readable: {
    configurable: true,
    enumerable: true,
    get() {
      const state = this._readableState;
      // A side that a Duplex does not have says false.
      return Boolean(state) && state.readable !== false && !state.destroyed && !state.errorEmitted
        && !state.endEmitted;
    },
    set(value) {
      if (this._readableState) this._readableState.readable = Boolean(value);
    },
  },
  readableFlowing: {
    configurable: true,
    get() {
      return this._readableState.flowing;
    },
    set(value) {
      if (this._readableState) this._readableState.flowing = value;
    },
  },
  destroyed: {
    configurable: true,
    get() {
      return this._readableState?.destroyed ?? false;
    },
    set(value) {
      if (this._readableState) this._readableState.destroyed = value;
    },
  },
});

Readable.ReadableState = ReadableState;
