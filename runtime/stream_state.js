// What Readable and Writable of `stream` share: the marks of their buffers, how they begin
// (`construct`), and how they end (`destroy`).
//
// Spec: https://nodejs.org/api/stream.html

import { checkInteger, coded, outOfRange, wrongValue } from 'internal:errors';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

/** On the prototype of Duplex: its two sides take options of their own. */
export const kIsDuplex = Symbol('duplex');

const defaults = { bytes: 64 * 1024, objects: 16 };

export function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaults.objects : defaults.bytes;
}

/** A whole number that is not too small. */
export function checkWhole(value, name, least) {
  checkInteger(value, name);
  if (value < least) throw outOfRange(name, `>= ${least} && <= ${Number.MAX_SAFE_INTEGER}`, value);
}

export function setDefaultHighWaterMark(objectMode, value) {
  checkWhole(value, 'value', 0);
  defaults[objectMode ? 'objects' : 'bytes'] = value;
}

/** How much may wait in a buffer; `side` is the option of a Duplex for one of its sides. */
export function highWaterMark(options, side, isDuplex, objectMode) {
  const mark = options?.highWaterMark ?? (isDuplex ? options?.[side] : undefined);
  if (mark === undefined || mark === null) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(mark) || mark < 0) {
    throw wrongValue(`options.${isDuplex ? side : 'highWaterMark'}`, mark);
  }
  return mark;
}

let bufferClass;

/** The class Buffer, which streams of objects can do without. */
export function buffers() {
  bufferClass ??= load('buffer').Buffer;
  return bufferClass;
}

/** The bytes of any view as a Buffer. */
export function asBuffer(view) {
  const Buffer = buffers();
  if (view instanceof Buffer) return view;
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

export const kChunkTypes = 'of type string or an instance of Buffer, TypedArray, or DataView';

/** One exception of two, of which the second came first. */
export function both(later, earlier) {
  if (!later || !earlier || later === earlier) return later || earlier;
  if (Array.isArray(earlier.errors)) {
    earlier.errors.push(later);
    return earlier;
  }
  return Object.assign(new AggregateError([earlier, later], earlier.message), {
    code: earlier.code,
  });
}

export function notImplemented(method) {
  return coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', `The ${method} method is not implemented`);
}

export function calledTwice() {
  return coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times');
}

/** Streams whose `_construct` has not called back: what is to happen then. */
const beginning = new WeakMap();

/** Has `_construct` called before anything else, and `begin` after it. */
export function construct(stream, begin) {
  if (typeof stream._construct !== 'function') return;
  const { _readableState: readable, _writableState: writable } = stream;
  if (readable) readable.constructed = false;
  if (writable) writable.constructed = false;
  const known = beginning.get(stream);
  if (known !== undefined) {
    known.begin.push(begin);
    return;
  }
  beginning.set(stream, { begin: [begin], destroy: undefined });
  nextTick(callConstruct, stream);
}

function callConstruct(stream) {
  let called = false;
  const done = (error) => {
    if (called) {
      fail(stream, error ?? calledTwice());
      return;
    }
    called = true;
    const { _readableState: readable, _writableState: writable } = stream;
    if (readable) readable.constructed = true;
    if (writable) writable.constructed = true;
    const { begin, destroy: ending } = beginning.get(stream);
    beginning.delete(stream);
    if (ending !== undefined) ending(error);
    else if (error) fail(stream, error, true);
    else for (const each of begin) each();
  };
  try {
    stream._construct((error) => nextTick(done, error));
  } catch (error) {
    nextTick(done, error);
  }
}

function note(error, readable, writable) {
  if (!error) return;
  if (writable && !writable.errored) writable.errored = error;
  if (readable && !readable.errored) readable.errored = error;
}

/** The method `destroy` of all streams. */
export function destroy(error, callback) {
  const { _readableState: readable, _writableState: writable } = this;
  if (readable?.destroyed || writable?.destroyed) {
    if (typeof callback === 'function') callback();
    return this;
  }
  note(error, readable, writable);
  if (writable) writable.destroyed = true;
  if (readable) readable.destroyed = true;
  const state = writable ?? readable;
  const begins = state?.constructed === false ? beginning.get(this) : undefined;
  if (begins === undefined) takeDown(this, error, callback);
  else begins.destroy = (later) => takeDown(this, both(later, error), callback);
  return this;
}

function takeDown(stream, error, callback) {
  let called = false;
  const done = (given) => {
    if (called) return;
    called = true;
    const { _readableState: readable, _writableState: writable } = stream;
    note(given, readable, writable);
    if (writable) writable.closed = true;
    if (readable) readable.closed = true;
    if (typeof callback === 'function') callback(given);
    nextTick(given ? emitErrorAndClose : emitClose, stream, given);
  };
  try {
    stream._destroy(error || null, done);
  } catch (thrown) {
    done(thrown);
  }
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const { _readableState: readable, _writableState: writable } = stream;
  if (writable) writable.closeEmitted = true;
  if (readable) readable.closeEmitted = true;
  if (writable?.emitClose || readable?.emitClose) stream.emit('close');
}

function emitError(stream, error) {
  const { _readableState: readable, _writableState: writable } = stream;
  if (writable?.errorEmitted || readable?.errorEmitted) return;
  if (writable) writable.errorEmitted = true;
  if (readable) readable.errorEmitted = true;
  stream.emit('error', error);
}

/** What a stream does with an error of its own: it ends, or tells only if it does not by itself. */
export function fail(stream, error, later = false) {
  const { _readableState: readable, _writableState: writable } = stream;
  if (readable?.destroyed || writable?.destroyed) return;
  if (readable?.autoDestroy || writable?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    note(error, readable, writable);
    if (later) nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

/** The method `[Symbol.asyncDispose]`. */
export function dispose() {
  return load('internal:stream_finished').disposed(this);
}

export const kDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** Makes a stream that has ended a new one, as sockets that connect again do. */
export function undestroy() {
  const { _readableState: readable, _writableState: writable } = this;
  const fresh = {
    constructed: true, closed: false, closeEmitted: false, destroyed: false, errored: null,
    errorEmitted: false,
  };
  if (readable) {
    const ended = readable.readable === false;
    Object.assign(readable, fresh, { reading: false, ended, endEmitted: ended });
  }
  if (writable) {
    const ended = writable.writable === false;
    Object.assign(writable, fresh, {
      finalCalled: false, prefinished: false, ended, ending: ended, finished: ended,
    });
  }
}
