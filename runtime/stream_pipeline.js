// `pipeline` of `stream`: streams, iterables and functions in a row, each the source of the next.
//
// Spec: https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback

import { abortError, checkFunction, checkSignal, coded, missing, wrongType } from 'internal:errors';
import { iterate } from 'internal:stream_iterator';
import { finished, prematureClose } from 'internal:stream_finished';
import {
  destroyer, invalidReturn, isIterable, isNode, isPairWeb, isReadable, isReadableFinished,
  isReadableNode, isReadableWeb, isWeb,
} from 'internal:stream_kinds';
import { both } from 'internal:stream_state';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

export function pipeline(...given) {
  const callback = given.pop();
  checkFunction(callback, 'streams[stream.length - 1]');
  return run(given, callback);
}

/** The form that returns a promise. */
export function promised(...given) {
  const last = given.at(-1);
  const hasOptions = last !== null && typeof last === 'object' && !isNode(last) && !isIterable(last)
    && !isWeb(last);
  const options = hasOptions ? given.pop() : undefined;
  return new Promise((resolve, reject) => {
    run(given, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, options);
  });
}

export function run(given, callback, options) {
  const streams = given.length === 1 && Array.isArray(given[0]) ? given[0] : given;
  if (streams.length < 2) throw missing('streams');
  checkSignal(options?.signal, 'options.signal');
  return new Pipeline(streams, callback, options).start();
}

class Pipeline {
  #streams;
  #callback;
  #signal;
  #ends;
  /** Tells functions that nobody wants more of them. */
  #abort = new AbortController();
  #destroys = [];
  /** What takes listeners off the last stream, which may go on. */
  #releases = [];
  /** How many parts have to be over. */
  #left = 0;
  #error;
  #value;
  #unheed = undefined;

  constructor(streams, callback, options) {
    this.#streams = streams;
    this.#callback = callback;
    this.#signal = options?.signal;
    this.#ends = options?.end !== false;
  }

  start() {
    const signal = this.#signal;
    const abort = () => this.#finish(abortError(signal), false);
    if (signal !== undefined && !signal.aborted) {
      signal.addEventListener('abort', abort, { once: true });
      this.#unheed = () => signal.removeEventListener('abort', abort);
    }
    let result;
    this.#streams.forEach((stream, at) => {
      const isLast = at === this.#streams.length - 1;
      const ends = !isLast || this.#ends;
      if (ends && isNode(stream)) this.#watch(stream, !isLast, at > 0, isLast);
      result = at === 0 ? this.#first(stream) : this.#connect(result, stream, at, isLast, ends);
    });
    if (signal?.aborted) nextTick(abort);
    return result;
  }

  /** One part is over. */
  #done = (error) => {
    this.#left--;
    this.#finish(error, this.#left === 0);
  };

  #finish(error, isFinal) {
    if (error && (!this.#error || this.#error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      this.#error = error;
    }
    if (!this.#error && !isFinal) return;
    while (this.#destroys.length > 0) this.#destroys.shift()(this.#error);
    this.#unheed?.();
    this.#abort.abort();
    if (!isFinal) return;
    if (!this.#error) for (const release of this.#releases) release();
    const callback = this.#callback;
    this.#callback = undefined;
    if (callback !== undefined) nextTick(callback, this.#error, this.#value);
  }

  /** Destroys a stream when another one fails, and hears of its own failure. */
  #watch(stream, readable, writable, isLast) {
    this.#destroyLater(stream, readable, writable, isLast && isReadable(stream));
    const failed = (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        this.#finish(error, false);
      }
    };
    stream.on('error', failed);
    if (isLast && isReadable(stream)) {
      this.#releases.push(() => stream.removeListener('error', failed));
    }
  }

  #destroyLater(stream, readable, writable, releases) {
    let isOver = false;
    stream.on('close', () => {
      isOver = true;
    });
    const cleanup = finished(stream, { readable, writable }, (error) => {
      isOver = !error;
    });
    this.#destroys.push((error) => {
      if (isOver) return;
      isOver = true;
      const message = 'Cannot call pipe after a stream was destroyed';
      destroyer(stream, error || coded(Error, 'ERR_STREAM_DESTROYED', message));
    });
    if (releases) this.#releases.push(cleanup);
  }

  #first(source) {
    if (typeof source === 'function') {
      const made = source({ signal: this.#abort.signal });
      if (!isIterable(made)) {
        throw invalidReturn('Iterable, AsyncIterable or Stream', 'source', made);
      }
      return made;
    }
    const isSource = isIterable(source) || isReadableNode(source) || isPairWeb(source)
      || isReadableWeb(source);
    if (isSource) return source;
    return load('internal:stream_duplexify').duplexify(source);
  }

  #connect(from, stream, at, isLast, ends) {
    if (typeof stream === 'function') return this.#call(from, stream, at, isLast, ends);
    if (isNode(stream)) {
      this.#toNode(from, stream, isLast, ends);
      return stream;
    }
    if (isWeb(stream)) {
      this.#left++;
      load('internal:stream_web_state')
        .pump(iterableOf(from), isPairWeb(stream) ? stream.writable : stream, ends)
        .then(() => this.#done(), this.#done);
      return stream;
    }
    return load('internal:stream_duplexify').duplexify(stream);
  }

  #call(from, transform, at, isLast, ends) {
    const made = transform(iterableOf(from), { signal: this.#abort.signal });
    if (!isLast) {
      if (!isIterable(made, true)) {
        throw invalidReturn('AsyncIterable', `transform[${at - 1}]`, made);
      }
      return made;
    }
    // Something to read the result from.
    const { PassThrough } = load('internal:stream_duplex');
    const through = new PassThrough({ objectMode: true });
    if (typeof made?.then === 'function') {
      this.#left++;
      made.then((value) => {
        this.#value = value;
        if (value !== null && value !== undefined) through.write(value);
        if (ends) through.end();
        nextTick(this.#done);
      }, (error) => {
        through.destroy(error);
        nextTick(this.#done, error);
      });
    } else if (isIterable(made, true) || isReadableWeb(made) || isPairWeb(made)) {
      this.#left++;
      pump(iterableOf(made), through, this.#done, ends);
    } else {
      throw invalidReturn('AsyncIterable or Promise', 'destination', made);
    }
    this.#destroyLater(through, false, true, true);
    return through;
  }

  #toNode(from, stream, isLast, ends) {
    if (isReadableNode(from)) {
      this.#left += 2;
      const cleanup = this.#pipe(from, stream, ends);
      if (isLast && isReadable(stream)) this.#releases.push(cleanup);
    } else if (isIterable(from) || isReadableWeb(from) || isPairWeb(from)) {
      this.#left++;
      pump(iterableOf(from), stream, this.#done, ends);
    } else {
      const wanted = 'an instance of Readable, Iterable, AsyncIterable, ReadableStream, or '
        + 'TransformStream';
      throw wrongType('val', wanted, from);
    }
  }

  #pipe(source, destination, ends) {
    let ended = false;
    destination.on('close', () => {
      if (!ended) this.#finish(prematureClose(), false);
    });
    source.pipe(destination, { end: false });
    if (ends) {
      const end = () => {
        ended = true;
        destination.end();
      };
      if (isReadableFinished(source)) nextTick(end);
      else source.once('end', end);
    } else {
      this.#done();
    }
    finished(source, { readable: true, writable: false }, (error) => {
      const state = source._readableState;
      if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored
        && !state.errorEmitted) {
        // All has come, and is only to be read.
        source.once('end', this.#done).once('error', this.#done);
      } else {
        this.#done(error);
      }
    });
    return finished(destination, { readable: false, writable: true }, this.#done);
  }
}

/** What can be iterated over, of what a step has made. */
function iterableOf(from) {
  if (isPairWeb(from)) return from.readable;
  if (isIterable(from) || isReadableWeb(from)) return from;
  if (isReadableNode(from)) return iterate(from);
  throw wrongType('val', 'an instance of Readable, Iterable, or AsyncIterable', from);
}

/** Writes all of an iterable to a stream. */
async function pump(iterable, writable, done, ends) {
  let error;
  let wake;
  const resume = (failure) => {
    if (failure) error = failure;
    const waiting = wake;
    wake = undefined;
    waiting?.();
  };
  const room = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
      return;
    }
    wake = () => (error ? reject(error) : resolve());
  });
  writable.on('drain', resume);
  const cleanup = finished(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await room();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await room();
    }
    if (ends) {
      writable.end();
      await room();
    }
    done();
  } catch (thrown) {
    done(error === thrown ? thrown : both(error, thrown));
  } finally {
    cleanup();
    writable.off('drain', resume);
  }
}
