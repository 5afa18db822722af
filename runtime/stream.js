// stream: https://nodejs.org/api/stream.html
//
// The classes; everything else is in files that are loaded when it is called for. What is required
// is the class Stream, with the rest as its properties.

import { Duplex, PassThrough, Transform } from 'internal:stream_duplex';
import { Stream } from 'internal:stream_legacy';
import { Readable } from 'internal:stream_readable';
import { getDefaultHighWaterMark, setDefaultHighWaterMark } from 'internal:stream_state';
import { Writable } from 'internal:stream_writable';
import { load } from 'ops:stream';

const kPromisify = Symbol.for('nodejs.util.promisify.custom');

export function pipeline(...streams) {
  return load('internal:stream_pipeline').pipeline(...streams);
}

export function finished(stream, options, callback) {
  return load('internal:stream_finished').finished(stream, options, callback);
}

export function addAbortSignal(signal, stream) {
  return load('internal:stream_finished').addAbortSignal(signal, stream);
}

export function compose(...streams) {
  return load('internal:stream_compose').compose(...streams);
}

export function duplexPair(options) {
  return load('internal:stream_duplexify').duplexPair(options);
}

export function destroy(stream, error) {
  return load('internal:stream_kinds').destroyer(stream, error);
}

export function isReadable(stream) {
  return load('internal:stream_kinds').isReadable(stream);
}

export function isWritable(stream) {
  return load('internal:stream_kinds').isWritable(stream);
}

export function isDestroyed(stream) {
  return load('internal:stream_kinds').isDestroyed(stream);
}

export function isErrored(stream) {
  return load('internal:stream_kinds').isErrored(stream);
}

export function isDisturbed(stream) {
  return load('internal:stream_kinds').isDisturbed(stream);
}

/** Properties of functions, that do not show. */
function hide(object, properties) {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(object, name, { value, writable: true, configurable: true });
  }
}

/** A getter, for what is a module of its own. */
function late(object, name, get) {
  Object.defineProperty(object, name, { configurable: true, enumerable: true, get });
}

Object.defineProperty(pipeline, kPromisify, {
  enumerable: true,
  get: () => load('stream/promises').pipeline,
});
Object.defineProperty(finished, kPromisify, {
  enumerable: true,
  get: () => load('stream/promises').finished,
});

const web = () => load('internal:stream_web_adapters');

hide(Readable, {
  from: (iterable, options) => load('internal:stream_from').from(Readable, iterable, options),
  fromWeb: (stream, options) => web().readableFromWeb(stream, options),
  toWeb: (stream, options) => web().readableToWeb(stream, options),
  wrap: (old, options) => load('internal:stream_from').wrapped(Readable, old, options),
});
hide(Writable, {
  fromWeb: (stream, options) => web().writableFromWeb(stream, options),
  toWeb: (stream) => web().writableToWeb(stream),
});
hide(Duplex, {
  from: (body) => load('internal:stream_duplexify').duplexify(body),
  fromWeb: (pair, options) => web().duplexFromWeb(pair, options),
  toWeb: (stream) => web().duplexToWeb(stream),
});

// Those that make a stream of a stream, and those that make a promise of it.
for (const name of [
  'map', 'filter', 'flatMap', 'drop', 'take', 'compose',
  'every', 'some', 'find', 'forEach', 'reduce', 'toArray',
]) {
  hide(Readable.prototype, {
    [name](...given) {
      return load('internal:stream_operators')[name].apply(this, given);
    },
  });
}

Object.assign(Stream, {
  Stream, Readable, Writable, Duplex, Transform, PassThrough,
  pipeline, finished, addAbortSignal, compose, duplexPair, destroy,
  isReadable, isWritable, isErrored, isDisturbed, isDestroyed,
  getDefaultHighWaterMark, setDefaultHighWaterMark,
});
late(Stream, 'promises', () => load('stream/promises').default);

export {
  Duplex, PassThrough, Readable, Stream, Transform, Writable, getDefaultHighWaterMark,
  setDefaultHighWaterMark,
};
export default Stream;
