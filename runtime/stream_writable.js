// Writable of `stream`: what is written goes to `_write` one after the other.
//
// Spec: https://nodejs.org/api/stream.html#writable-streams

import { encodingOf } from 'ops:buffer';
import { coded, wrongType } from 'internal:errors';
import { Stream } from 'internal:stream_legacy';
import {
  asBuffer, buffers, calledTwice, construct, destroy, dispose, fail, highWaterMark, kChunkTypes,
  kDispose, kIsDuplex, notImplemented, undestroy,
} from 'internal:stream_state';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

const COMPACT_FROM = 256;
const nothing = () => {};

/** The names are Node's: packages look at some of them. */
export function WritableState(options, stream, isDuplex) {
  this.objectMode = Boolean(options?.objectMode || (isDuplex && options?.writableObjectMode));
  this.highWaterMark = highWaterMark(options, 'writableHighWaterMark', isDuplex, this.objectMode);
  this.finalCalled = false;
  this.needDrain = false;
  /** `end` has been called. */
  this.ending = false;
  /** `end` has returned. */
  this.ended = false;
  this.finished = false;
  this.destroyed = false;
  this.decodeStrings = options?.decodeStrings !== false;
  this.defaultEncoding = options?.defaultEncoding || 'utf8';
  /** What was written and is not done. */
  this.length = 0;
  this.writing = false;
  this.corked = 0;
  /** Whether `_write` is running. */
  this.sync = true;
  this.bufferProcessing = false;
  this.onwrite = (error) => written(stream, this, error);
  this.writecb = null;
  this.writelen = 0;
  /** Writes whose callbacks are called together. */
  this.afterWriteTickInfo = null;
  this.afterWritePending = false;
  this.buffered = [];
  this.bufferedIndex = 0;
  this.allBuffers = true;
  this.allNoop = true;
  /** What has to be over before 'finish'. */
  this.pendingcb = 0;
  this.constructed = true;
  this.prefinished = false;
  this.errorEmitted = false;
  this.emitClose = options?.emitClose !== false;
  this.autoDestroy = options?.autoDestroy !== false;
  this.errored = null;
  this.closed = false;
  this.closeEmitted = false;
  /** Callbacks of `end`. */
  this.onFinished = [];
}

function emptyBuffer(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
  state.allBuffers = true;
  state.allNoop = true;
}

WritableState.prototype.getBuffer = function getBuffer() {
  return this.buffered.slice(this.bufferedIndex);
};

export function Writable(options) {
  const isDuplex = this?.[kIsDuplex] === true;
  if (!isDuplex && !Function.prototype[Symbol.hasInstance].call(Writable, this)) {
    return new Writable(options);
  }
  this._writableState = new WritableState(options, this, isDuplex);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) load('internal:stream_finished').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  construct(this, () => {
    const state = this._writableState;
    if (!state.writing) clearBuffer(this, state);
    finishMaybe(this, state);
  });
}

Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);

// A Duplex is one too, though its class can inherit from one only.
Object.defineProperty(Writable, Symbol.hasInstance, {
  configurable: true,
  writable: true,
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && object?._writableState instanceof WritableState;
  },
});

const proto = Writable.prototype;

proto.pipe = function pipe() {
  fail(this, coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};

proto[kDispose] = dispose;
proto._undestroy = undestroy;
proto._destroy = function _destroy(error, callback) {
  callback(error);
};
proto[Symbol.for('nodejs.rejection')] = function rejected(error) {
  this.destroy(error);
};

proto.destroy = function destroyWritable(error, callback) {
  const state = this._writableState;
  const isAwaited = state.bufferedIndex < state.buffered.length || state.onFinished.length > 0;
  if (isAwaited && !state.destroyed) nextTick(failBuffered, state);
  return destroy.call(this, error, callback);
};

proto.write = function write(chunk, encoding, callback) {
  return accept(this, chunk, encoding, callback) === true;
};

/** A chunk in the form that `_write` gets it in, and its encoding. */
function prepared(state, chunk, encoding) {
  if (chunk === null) {
    throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  }
  // Objects have none, but for what whoever writes them says.
  if (state.objectMode) return [chunk, encoding];
  const known = encoding ? checkedEncoding(encoding) : state.defaultEncoding;
  if (typeof chunk === 'string') {
    if (!state.decodeStrings) return [chunk, known];
    return [buffers().from(chunk, known), 'buffer'];
  }
  if (ArrayBuffer.isView(chunk)) return [asBuffer(chunk), 'buffer'];
  throw wrongType('chunk', kChunkTypes, chunk);
}

function checkedEncoding(encoding) {
  if (encoding !== 'buffer' && encodingOf(encoding) === undefined) {
    throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  }
  return encoding;
}

function destroyedError(method) {
  const message = `Cannot call ${method} after a stream was destroyed`;
  return coded(Error, 'ERR_STREAM_DESTROYED', message);
}

/** Takes a chunk; returns whether there is room for more, or why it was not taken. */
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  let done = callback;
  let known = encoding;
  if (typeof encoding === 'function') {
    done = encoding;
    known = null;
  }
  if (typeof done !== 'function') done = nothing;
  const [given, form] = prepared(state, chunk, known);
  let error;
  if (state.ending) error = coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
  else if (state.destroyed) error = destroyedError('write');
  if (error !== undefined) {
    nextTick(done, error);
    fail(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrKeep(stream, state, given, form, done);
}

function writeOrKeep(stream, state, chunk, encoding, callback) {
  const length = state.objectMode ? 1 : chunk.length;
  state.length += length;
  if (state.writing || state.corked > 0 || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
    if (encoding !== 'buffer') state.allBuffers = false;
    if (callback !== nothing) state.allNoop = false;
  } else {
    callWrite(stream, state, false, length, chunk, encoding, callback);
  }
  // What was written at once takes no room.
  const hasRoom = state.length < state.highWaterMark || state.length === 0;
  if (!hasRoom) state.needDrain = true;
  return hasRoom && !state.errored && !state.destroyed;
}

function callWrite(stream, state, isMany, length, chunk, encoding, callback) {
  state.writelen = length;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) state.onwrite(destroyedError('write'));
  else if (isMany) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.sync = false;
}

proto._write = function _write(chunk, encoding, callback) {
  if (!this._writev) throw notImplemented('_write()');
  this._writev([{ chunk, encoding }], callback);
};

proto._writev = null;

/** What `_write` calls back. */
function written(stream, state, error) {
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    fail(stream, calledTwice());
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;
  if (error) {
    state.errored ||= error;
    // A Duplex reads no more either.
    if (stream._readableState && !stream._readableState.errored) {
      stream._readableState.errored = error;
    }
    if (sync) nextTick(failWrite, stream, state, error, callback);
    else failWrite(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  if (callback === nothing) {
    // Nobody waits for it, unless somebody waits for room. Node tells of objects a tick later.
    const isAwaited = (state.needDrain && state.length === 0) || state.destroyed
      || state.objectMode;
    if (isAwaited && !state.afterWritePending) {
      state.afterWritePending = true;
      nextTick(afterWrite, stream, state, 1, nothing);
    } else {
      state.pendingcb--;
      if (state.ending) finishMaybe(stream, state, true);
    }
    return;
  }
  const known = state.afterWriteTickInfo;
  if (known !== null && known.callback === callback) {
    known.count++;
    return;
  }
  const info = { count: 1, callback };
  state.afterWriteTickInfo = info;
  state.afterWritePending = true;
  nextTick(() => {
    state.afterWriteTickInfo = null;
    afterWrite(stream, state, info.count, callback);
  });
}

function failWrite(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  failBuffered(state);
  fail(stream, error);
}

function afterWrite(stream, state, count, callback) {
  state.afterWritePending = false;
  if (state.needDrain && state.length === 0 && !state.ending && !stream.destroyed) {
    state.needDrain = false;
    stream.emit('drain');
  }
  for (let left = count; left > 0; left--) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) failBuffered(state);
  finishMaybe(stream, state, true);
}

/** Tells whoever still waits that it will not be. */
function failBuffered(state) {
  if (state.writing) return;
  for (const { chunk, callback } of state.buffered.slice(state.bufferedIndex)) {
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? destroyedError('write'));
  }
  for (const callback of state.onFinished.splice(0)) {
    callback(state.errored ?? destroyedError('end'));
  }
  emptyBuffer(state);
}

/** Writes what waits, as far as it is done at once. */
function clearBuffer(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered, objectMode } = state;
  const count = buffered.length - state.bufferedIndex;
  if (count === 0) return;
  let at = state.bufferedIndex;
  state.bufferProcessing = true;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const chunks = at === 0 ? buffered : buffered.slice(at);
    const callback = state.allNoop ? nothing : (error) => {
      for (const each of chunks) each.callback(error);
    };
    chunks.allBuffers = state.allBuffers;
    callWrite(stream, state, true, state.length, chunks, '', callback);
    emptyBuffer(state);
  } else {
    do {
      const { chunk, encoding, callback } = buffered[at];
      buffered[at++] = null;
      const length = objectMode ? 1 : chunk.length;
      callWrite(stream, state, false, length, chunk, encoding, callback);
    } while (at < buffered.length && !state.writing);
    if (at === buffered.length) {
      emptyBuffer(state);
    } else if (at > COMPACT_FROM) {
      buffered.splice(0, at);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = at;
    }
  }
  state.bufferProcessing = false;
}

proto.cork = function cork() {
  this._writableState.corked++;
};

proto.uncork = function uncork() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if (!state.writing) clearBuffer(this, state);
};

proto.setDefaultEncoding = function setDefaultEncoding(encoding) {
  const known = typeof encoding === 'string' ? encoding.toLowerCase() : encoding;
  if (encodingOf(known) === undefined) {
    throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${known}`);
  }
  this._writableState.defaultEncoding = known;
  return this;
};

proto.end = function end(...given) {
  const state = this._writableState;
  const first = given.findIndex((value) => typeof value === 'function');
  const callback = first === -1 ? undefined : given[first];
  const [chunk, encoding] = first === -1 ? given : [...given.slice(0, first), null, null];
  let error;
  if (chunk !== undefined && chunk !== null) {
    const taken = accept(this, chunk, encoding);
    if (taken instanceof Error) error = taken;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error === undefined && !state.errored && !state.ending) {
    state.ending = true;
    finishMaybe(this, state, true);
    state.ended = true;
  } else if (error === undefined && state.finished) {
    const message = 'Cannot call end after a stream was finished';
    error = coded(Error, 'ERR_STREAM_ALREADY_FINISHED', message);
  } else if (error === undefined && state.destroyed) {
    error = destroyedError('end');
  }
  if (callback !== undefined) {
    if (error !== undefined || state.errored) nextTick(callback, error ?? state.errored);
    else if (state.finished) nextTick(callback);
    else state.onFinished.push(callback);
  }
  return this;
};

function canFinish(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0
    && !state.errored && state.buffered.length === 0 && !state.finished && !state.writing
    && !state.errorEmitted && !state.closeEmitted;
}

function finishMaybe(stream, state, sync = false) {
  if (!canFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb > 0) return;
  state.pendingcb++;
  if (!sync) {
    finish(stream, state);
    return;
  }
  nextTick(() => {
    if (canFinish(state)) finish(stream, state);
    else state.pendingcb--;
  });
}

function prefinish(stream, state) {
  if (state.prefinished || state.finalCalled) return;
  if (typeof stream._final === 'function' && !state.destroyed) {
    state.finalCalled = true;
    callFinal(stream, state);
  } else {
    state.prefinished = true;
    stream.emit('prefinish');
  }
}

function callFinal(stream, state) {
  let called = false;
  const done = (error) => {
    if (called) {
      fail(stream, error ?? calledTwice());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      for (const callback of state.onFinished.splice(0)) callback(error);
      fail(stream, error, state.sync);
    } else if (canFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      // Once more, so that what listens for it cannot be overtaken.
      state.pendingcb++;
      nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  for (const callback of state.onFinished.splice(0)) callback(null);
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const readable = stream._readableState;
  const isDone = !readable
    || (readable.autoDestroy && (readable.endEmitted || readable.readable === false));
  if (isDone) stream.destroy();
}

/** Accessors that only read the state. */
const facts = {
  closed: (state) => state.closed,
  errored: (state) => state.errored,
  writableFinished: (state) => state.finished,
  writableObjectMode: (state) => state.objectMode,
  writableBuffer: (state) => state.getBuffer(),
  writableEnded: (state) => state.ending,
  writableNeedDrain: (state) => !state.destroyed && !state.ending && state.needDrain,
  writableHighWaterMark: (state) => state.highWaterMark,
  writableCorked: (state) => state.corked,
  writableLength: (state) => state.length,
  writableAborted: (state) => Boolean(
    state.writable !== false && (state.destroyed || state.errored) && !state.finished,
  ),
};

for (const [name, get] of Object.entries(facts)) {
  Object.defineProperty(proto, name, {
    configurable: true,
    get() {
      const state = this._writableState;
      return state ? get(state) : false;
    },
  });
}

Object.defineProperties(proto, {
  writable: {
    configurable: true,
    get() {
      const state = this._writableState;
      return Boolean(state) && state.writable !== false && !state.destroyed && !state.errored
        && !state.ending && !state.ended;
    },
    set(value) {
      if (this._writableState) this._writableState.writable = Boolean(value);
    },
  },
  destroyed: {
    configurable: true,
    get() {
      return this._writableState ? this._writableState.destroyed : false;
    },
    set(value) {
      if (this._writableState) this._writableState.destroyed = value;
    },
  },
});

Writable.WritableState = WritableState;
