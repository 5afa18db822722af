// `finished` and `addAbortSignal` of `stream`.
//
// Spec: https://nodejs.org/api/stream.html#streamfinishedstream-options-callback

import {
  abortError, checkFunction, checkObject, checkSignal, coded, wrongType,
} from 'internal:errors';
import {
  errorOf, isClosed, isNode, isReadable, isReadableFinished, isReadableNode, isReadableWeb,
  isRequest, isWritable, isWritableFinished, isWritableNode, isWritableWeb, willEmitClose,
} from 'internal:stream_kinds';
import { load } from 'ops:stream';
import { nextTick } from 'ops:process';

export function prematureClose() {
  return coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');
}

/** Calls back once when a stream is over. What it returns takes the listeners off. */
export function finished(stream, given, last) {
  const [options, callback] = typeof given === 'function' ? [{}, given] : [given ?? {}, last];
  checkObject(options, 'options');
  checkFunction(callback, 'callback');
  checkSignal(options.signal, 'options.signal');
  if (isReadableWeb(stream) || isWritableWeb(stream)) {
    return load('internal:stream_web_state').finished(stream, options, callback);
  }
  if (!isNode(stream)) {
    throw wrongType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
  }
  const watch = new Watch(stream, options, callback);
  watch.begin();
  if (options.signal) watch.heed(options.signal);
  return () => watch.end();
}

/** A stream that somebody waits for the end of. */
class Watch {
  #stream;
  #callback;
  #readable;
  #writable;
  #readDone;
  #writeDone;
  /** Whether 'close' is what to wait for. */
  #closes;
  #undo = [];

  constructor(stream, options, callback) {
    this.#stream = stream;
    this.#callback = callback;
    this.#readable = options.readable ?? isReadableNode(stream);
    this.#writable = options.writable ?? isWritableNode(stream);
    this.#readDone = isReadableFinished(stream, false);
    this.#writeDone = isWritableFinished(stream, false);
    this.#closes = willEmitClose(stream) && isReadableNode(stream) === this.#readable
      && isWritableNode(stream) === this.#writable;
    this.#listen(options.error !== false);
  }

  #on(target, name, listener) {
    target.on(name, listener);
    this.#undo.push(() => target.removeListener(name, listener));
  }

  #listen(errors) {
    const stream = this.#stream;
    const written = () => this.#written();
    const closed = () => this.#closed();
    if (isRequest(stream)) {
      this.#on(stream, 'complete', written);
      if (!this.#closes) this.#on(stream, 'abort', closed);
      if (stream.req) this.#on(stream.req, 'finish', written);
      else this.#on(stream, 'request', () => this.#on(stream.req, 'finish', written));
    } else if (this.#writable && !stream._writableState) {
      // Streams of old know no 'finish'.
      const old = () => {
        if (!stream.writable) this.#written();
      };
      this.#on(stream, 'end', old);
      this.#on(stream, 'close', old);
    }
    if (!this.#closes && typeof stream.aborted === 'boolean') this.#on(stream, 'aborted', closed);
    this.#on(stream, 'end', () => this.#read());
    this.#on(stream, 'finish', written);
    if (errors) this.#on(stream, 'error', (error) => this.#tell(error));
    this.#on(stream, 'close', closed);
  }

  /** What is over already is told at the next tick. */
  begin() {
    const stream = this.#stream;
    const { _readableState: readable, _writableState: writable } = stream;
    const over = () => this.#tell(errorOf(stream));
    if (isClosed(stream)) {
      nextTick(() => this.#closed());
    } else if (writable?.errorEmitted || readable?.errorEmitted) {
      if (!this.#closes) nextTick(over);
    } else if (!this.#readable && (!this.#closes || isReadable(stream))
      && (this.#writeDone || isWritable(stream) === false) && !writable?.pendingcb) {
      nextTick(over);
    } else if (!this.#writable && (!this.#closes || isWritable(stream))
      && (this.#readDone || isReadable(stream) === false)) {
      nextTick(over);
    } else if (readable && stream.req && stream.aborted) {
      nextTick(over);
    }
  }

  #written() {
    this.#writeDone = true;
    if (this.#stream.destroyed) this.#closes = false;
    if (this.#closes && (!this.#stream.writable || this.#readable)) return;
    if (!this.#readable || this.#readDone) this.#tell();
  }

  #read() {
    this.#readDone = true;
    if (this.#stream.destroyed) this.#closes = false;
    if (this.#closes && (!this.#stream.readable || this.#writable)) return;
    if (!this.#writable || this.#writeDone) this.#tell();
  }

  #closed() {
    const stream = this.#stream;
    const error = errorOf(stream);
    if (error && typeof error !== 'boolean') {
      this.#tell(error);
      return;
    }
    const cutShort = (this.#readable && !this.#readDone && isReadableNode(stream, true)
      && !isReadableFinished(stream, false))
      || (this.#writable && !this.#writeDone && !isWritableFinished(stream, false));
    if (cutShort) this.#tell(prematureClose());
    else this.#tell();
  }

  #tell(error) {
    const callback = this.#callback;
    if (callback === undefined) return;
    this.#callback = undefined;
    // Listeners stay, so that a late 'error' is no surprise.
    this.#unheed?.();
    if (error) callback.call(this.#stream, error);
    else callback.call(this.#stream);
  }

  #unheed = undefined;

  heed(signal) {
    const abort = () => {
      const stream = this.#stream;
      const callback = this.#callback;
      this.end();
      callback?.call(stream, abortError(signal));
    };
    if (signal.aborted) {
      nextTick(abort);
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    this.#unheed = () => signal.removeEventListener('abort', abort);
  }

  end() {
    this.#callback = undefined;
    for (const undo of this.#undo.splice(0)) undo();
    this.#unheed?.();
  }
}

/** A promise of the end of a stream. */
export function whenFinished(stream, options) {
  const cleanup = options?.cleanup;
  if (cleanup !== undefined && typeof cleanup !== 'boolean') {
    throw wrongType('cleanup', 'of type boolean', cleanup);
  }
  return new Promise((resolve, reject) => {
    const undo = finished(stream, options, (error) => {
      if (cleanup) undo();
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Ends a stream for `await using`, and waits until it has. */
export function disposed(stream) {
  let why = null;
  if (!stream.destroyed) {
    const isDone = stream.readableEnded !== false && stream.writableFinished !== false;
    why = isDone ? null : abortError();
    stream.destroy(why);
  }
  return new Promise((resolve, reject) => {
    finished(stream, (error) => (error && error !== why ? reject(error) : resolve(null)));
  });
}

/** Destroys the stream when the signal is aborted. */
export function addAbortSignal(signal, stream) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) {
    throw wrongType('signal', 'an instance of AbortSignal', signal);
  }
  const isOfWeb = isReadableWeb(stream) || isWritableWeb(stream);
  if (!isNode(stream) && !isOfWeb) {
    throw wrongType('stream', 'an instance of ReadableStream, WritableStream, or Stream', stream);
  }
  if (isOfWeb) return load('internal:stream_web_state').addAbortSignal(signal, stream);
  const abort = () => stream.destroy(abortError(signal));
  if (signal.aborted) {
    abort();
    return stream;
  }
  signal.addEventListener('abort', abort, { once: true });
  finished(stream, () => signal.removeEventListener('abort', abort));
  return stream;
}
