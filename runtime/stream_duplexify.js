// `Duplex.from`, of whatever has chunks or takes them, and `duplexPair`.
//
// Spec: https://nodejs.org/api/stream.html#streamduplexfromsrc

import { wrongType } from 'internal:errors';
import { joined } from 'internal:stream_bridge';
import { Duplex } from 'internal:stream_duplex';
import { from, wrap } from 'internal:stream_from';
import {
  destroyer, invalidReturn, isIterable, isNode, isPairWeb, isReadableNode, isReadableWeb,
  isWritableNode, isWritableWeb,
} from 'internal:stream_kinds';
import { Readable } from 'internal:stream_readable';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

const web = () => load('internal:stream_web_adapters');

export function duplexify(body, name = 'body') {
  if (isReadableNode(body) && isWritableNode(body)) return body;
  if (isReadableNode(body)) return joined(modern(body), undefined);
  if (isWritableNode(body)) return joined(undefined, body);
  if (isNode(body)) return joined();
  if (isReadableWeb(body)) return joined(web().readableFromWeb(body), undefined);
  if (isWritableWeb(body)) return joined(undefined, web().writableFromWeb(body));
  if (isPairWeb(body)) return web().duplexFromWeb(body);
  if (typeof body === 'function') return ofFunction(body, name);
  if (body instanceof Blob) return duplexify(body.arrayBuffer());
  if (isIterable(body)) return from(Duplex, body, { objectMode: true, writable: false });
  const pair = body !== null && typeof body === 'object'
    && (typeof body.readable === 'object' || typeof body.writable === 'object');
  if (pair) {
    return joined(
      body.readable ? side(body.readable, isReadableNode) : undefined,
      body.writable ? side(body.writable, isWritableNode) : undefined,
    );
  }
  if (typeof body?.then === 'function') return ofPromise(body);
  const wanted = 'of type function or an instance of Blob, ReadableStream, WritableStream, Stream, '
    + 'Iterable, AsyncIterable, or Promise or { readable, writable } pair';
  throw wrongType(name, wanted, body);
}

function side(stream, isNodes) {
  return isNodes(stream) ? modern(stream) : duplexify(stream);
}

/** A stream that can be read, whatever it is of. */
function modern(stream) {
  if (isReadableNode(stream) && typeof stream.read !== 'function') {
    return wrap(new Readable({ objectMode: true }), stream);
  }
  return stream;
}

function ofPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value !== null && value !== undefined) duplex.push(value);
    duplex.push(null);
  }, (error) => destroyer(duplex, error));
  return duplex;
}

/** A function that takes an iterable of what is written, and returns what is to be read, if any. */
function ofFunction(body, name) {
  const { source, ...methods } = written();
  const result = body(source, { signal: methods.signal });
  if (isIterable(result)) {
    return from(Duplex, result, { objectMode: true, ...methods.options });
  }
  if (typeof result?.then === 'function') {
    let duplex;
    const done = result.then((value) => {
      if (value !== undefined && value !== null) {
        throw invalidReturn('nully', name, value);
      }
    });
    done.catch((error) => destroyer(duplex, error));
    const { final } = methods.options;
    duplex = new Duplex({
      objectMode: true,
      readable: false,
      ...methods.options,
      final(callback) {
        final(() => done.then(
          () => nextTick(callback, null),
          (error) => nextTick(callback, error),
        ));
      },
    });
    return duplex;
  }
  throw invalidReturn('Iterable, AsyncIterable or AsyncFunction', name, result);
}

/** An iterable, and the methods of a Writable that fill it. */
function written() {
  const controller = new AbortController();
  const { signal } = controller;
  let give;
  let next = new Promise((resolve) => {
    give = resolve;
  });
  const source = (async function* chunks() {
    for (;;) {
      const promise = next;
      next = undefined;
      const { chunk, isLast, callback, error } = await promise;
      nextTick(callback);
      if (error) throw error;
      if (isLast) return;
      next = new Promise((resolve) => {
        give = resolve;
      });
      yield chunk;
    }
  }());
  const options = {
    write(chunk, encoding, callback) {
      const answer = give;
      give = undefined;
      answer({ chunk, isLast: false, callback });
    },
    final(callback) {
      const answer = give;
      give = undefined;
      answer({ isLast: true, callback });
    },
    destroy(error, callback) {
      controller.abort();
      // What waits for more is not left waiting.
      give?.({ isLast: true, callback() {} });
      callback(error);
    },
  };
  return { source, signal, options };
}

/** Two Duplexes, each of which gives what is written to the other. */
export function duplexPair(options) {
  const first = new Side(options);
  const second = new Side(options);
  first.pairWith(second);
  return [first.duplex, second.duplex];
}

class Side {
  #other;
  /** The callback of a write that was not read yet. */
  #waiting = null;

  constructor(options) {
    this.duplex = new Duplex({
      ...options,
      read: () => this.#other.#taken(),
      write: (chunk, encoding, callback) => {
        if (chunk.length === 0) {
          nextTick(callback);
          return;
        }
        this.#waiting = callback;
        this.#other.duplex.push(chunk);
      },
      final: (callback) => {
        this.#other.duplex.on('end', callback);
        this.#other.duplex.push(null);
      },
      destroy: (error, callback) => {
        this.#gone(error);
        callback(error);
      },
    });
  }

  pairWith(other) {
    this.#other = other;
    other.#other = this;
  }

  #taken() {
    const callback = this.#waiting;
    this.#waiting = null;
    callback?.();
  }

  /** The other side hears of an end that was not the proper one. */
  #gone(error) {
    const { duplex } = this.#other;
    if (duplex.destroyed) return;
    // Why is this side's affair.
    if (error) nextTick(() => duplex.destroy());
    else nextTick(() => duplex.push(null));
  }
}
