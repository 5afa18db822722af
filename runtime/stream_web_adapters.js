// `toWeb` and `fromWeb` of the classes of `stream`.
//
// Spec: https://nodejs.org/api/stream.html#streamreadablefromwebreadablestream-options

import { abortError, checkObject, wrongType, wrongValue } from 'internal:errors';
import { Duplex } from 'internal:stream_duplex';
import { finished } from 'internal:stream_finished';
import {
  destroyer, isDestroyed, isPairWeb, isReadable, isReadableNode, isReadableWeb, isWritable,
  isWritableNode, isWritableWeb,
} from 'internal:stream_kinds';
import { Readable } from 'internal:stream_readable';
import { Writable } from 'internal:stream_writable';
import { CountQueuingStrategy, ReadableStream, WritableStream } from 'internal:streams';
import { nextTick } from 'ops:process';

/** The end of a stream of Node as a web stream tells it. */
function endOf(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE'
    ? Object.assign(abortError(), { cause: error })
    : error;
}

/** Bytes that are no Buffer, since that is what the web knows. */
function plain(chunk, objectMode) {
  if (objectMode || !ArrayBuffer.isView(chunk)) return chunk;
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** Strings count as their length, as they do in streams of Node. */
function defaultStrategy(objectMode, highWaterMark) {
  if (objectMode) return new CountQueuingStrategy({ highWaterMark });
  return { highWaterMark, size: (chunk) => chunk?.byteLength ?? chunk?.length ?? 1 };
}

export function readableToWeb(stream, options = {}) {
  if (!isReadableNode(stream) || typeof stream._readableState !== 'object') {
    throw wrongType('streamReadable', 'an instance of stream.Readable', stream);
  }
  checkObject(options, 'options');
  if (options.type !== undefined && options.type !== 'bytes') {
    throw wrongValue('options.type', options.type, "must be one of: 'bytes', undefined");
  }
  const isBytes = options.type === 'bytes';
  const source = isBytes ? { type: 'bytes' } : {};
  if (isDestroyed(stream) || !isReadable(stream)) {
    const over = new ReadableStream(source);
    over.cancel();
    return over;
  }
  const objectMode = stream.readableObjectMode;
  const strategy = options.strategy
    ?? (isBytes ? { highWaterMark: stream.readableHighWaterMark }
      : defaultStrategy(objectMode, stream.readableHighWaterMark));
  let controller;
  let isCancelled = false;
  stream.pause();
  const cleanup = finished(stream, { writable: false }, (failure) => {
    const error = endOf(failure);
    cleanup();
    // What comes late has been told.
    stream.on('error', () => {});
    if (error) {
      controller.error(error);
      return;
    }
    if (isCancelled) return;
    controller.close();
    controller.byobRequest?.respond(0);
  });
  stream.on('data', (chunk) => {
    controller.enqueue(plain(chunk, objectMode));
    if (controller.desiredSize <= 0) stream.pause();
  });
  return new ReadableStream({
    ...source,
    start(given) {
      controller = given;
      stream.pause();
    },
    pull() {
      stream.resume();
    },
    cancel(reason) {
      isCancelled = true;
      destroyer(stream, reason);
    },
  }, strategy);
}

export function readableFromWeb(stream, options = {}) {
  if (!isReadableWeb(stream)) {
    throw wrongType('readableStream', 'an instance of ReadableStream', stream);
  }
  checkObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  const reader = stream.getReader();
  let closed = false;
  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read() {
      pull(reader, readable);
    },
    destroy(error, callback) {
      const done = () => nextTick(callback, error);
      if (closed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(() => {
    closed = true;
  }, (error) => {
    closed = true;
    readable.destroy(error);
  });
  return readable;
}

function pull(reader, readable) {
  reader.read().then(({ value, done }) => {
    readable.push(done ? null : value);
  }, (error) => readable.destroy(error));
}

export function writableToWeb(stream) {
  if (!isWritableNode(stream) || typeof stream._writableState !== 'object') {
    throw wrongType('streamWritable', 'an instance of stream.Writable', stream);
  }
  if (isDestroyed(stream) || !isWritable(stream)) {
    const over = new WritableStream();
    over.close();
    return over;
  }
  const strategy = defaultStrategy(stream.writableObjectMode, stream.writableHighWaterMark);
  let controller;
  let room;
  let closing;
  const cleanup = finished(stream, (failure) => {
    const error = endOf(failure);
    cleanup();
    stream.on('error', () => {});
    if (error) {
      room?.reject(error);
      closing?.reject(error);
      controller.error(error);
    } else if (closing !== undefined) {
      closing.resolve();
    } else {
      controller.error(abortError());
    }
    room = undefined;
    closing = undefined;
  });
  stream.on('drain', () => {
    room?.resolve();
    room = undefined;
  });
  return new WritableStream({
    start(given) {
      controller = given;
    },
    write(chunk) {
      if (!stream.writableNeedDrain && stream.write(chunk)) return undefined;
      room = Promise.withResolvers();
      return room.promise;
    },
    abort(reason) {
      destroyer(stream, reason);
    },
    close() {
      if (closing === undefined && !isWritable(stream)) return undefined;
      closing = Promise.withResolvers();
      stream.end();
      return closing.promise;
    },
  }, strategy);
}

/** The methods of a Writable that write to a web stream. */
function sink(writer, isOver) {
  return {
    write(chunk, encoding, callback) {
      writer.ready.then(() => writer.write(chunk)).then(
        () => nextTick(callback),
        (error) => nextTick(callback, error ?? abortError()),
      );
    },
    final(callback) {
      if (isOver()) {
        nextTick(callback);
        return;
      }
      writer.close().then(
        () => nextTick(callback),
        (error) => nextTick(callback, error ?? abortError()),
      );
    },
  };
}

export function writableFromWeb(stream, options = {}) {
  if (!isWritableWeb(stream)) {
    throw wrongType('writableStream', 'an instance of WritableStream', stream);
  }
  checkObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  const writer = stream.getWriter();
  let closed = false;
  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    ...sink(writer, () => closed),
    destroy(error, callback) {
      const done = () => nextTick(callback, error);
      if (closed || (error === null && writable.writableFinished)) done();
      else if (error !== null) writer.abort(error).then(done, done);
      else writer.close().then(done, done);
    },
  });
  writer.closed.then(() => {
    closed = true;
    if (!writable.writableEnded) {
      writable.destroy(endOf({ code: 'ERR_STREAM_PREMATURE_CLOSE' }));
    }
  }, (error) => {
    closed = true;
    writable.destroy(error);
  });
  return writable;
}

export function duplexToWeb(stream) {
  if (typeof stream?._writableState !== 'object' || typeof stream?._readableState !== 'object') {
    throw wrongType('duplex', 'an instance of stream.Duplex', stream);
  }
  const readable = stream.readable ? readableToWeb(stream) : ended(new ReadableStream());
  const writable = stream.writable ? writableToWeb(stream) : closedSink();
  return { readable, writable };
}

function ended(stream) {
  stream.cancel();
  return stream;
}

function closedSink() {
  const stream = new WritableStream();
  stream.close();
  return stream;
}

export function duplexFromWeb(pair, options = {}) {
  checkObject(pair, 'pair', true);
  if (!isPairWeb(pair)) {
    const [name, given, wanted] = isReadableWeb(pair.readable)
      ? ['pair.writable', pair.writable, 'an instance of WritableStream']
      : ['pair.readable', pair.readable, 'an instance of ReadableStream'];
    throw wrongType(name, wanted, given);
  }
  checkObject(options, 'options');
  const {
    allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark,
    signal,
  } = options;
  const writer = pair.writable.getWriter();
  const reader = pair.readable.getReader();
  let writableClosed = false;
  let readableClosed = false;
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    ...sink(writer, () => writableClosed),
    read() {
      pull(reader, duplex);
    },
    destroy(error, callback) {
      const done = () => nextTick(callback, error);
      const both = [];
      if (!writableClosed) both.push(writer.abort(error));
      if (!readableClosed) both.push(reader.cancel(error));
      Promise.allSettled(both).then(done);
    },
  });
  const failed = (error) => {
    writableClosed = true;
    readableClosed = true;
    duplex.destroy(error);
  };
  writer.closed.then(() => {
    writableClosed = true;
    if (!duplex.writableEnded) duplex.destroy(endOf({ code: 'ERR_STREAM_PREMATURE_CLOSE' }));
  }, failed);
  reader.closed.then(() => {
    readableClosed = true;
  }, failed);
  return duplex;
}
