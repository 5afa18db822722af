// `Readable.from`, and `wrap` of streams of old.
//
// Spec: https://nodejs.org/api/stream.html#streamreadablefromiterable-options

import { coded, wrongType } from 'internal:errors';
import { fail } from 'internal:stream_state';
import { nextTick } from 'ops:process';

/** A stream of the class `Readable` of what something iterable has. */
export function from(Readable, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Uint8Array && 'readUInt8' in iterable) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }
  const isAsync = Boolean(iterable?.[Symbol.asyncIterator]);
  if (!isAsync && !iterable?.[Symbol.iterator]) {
    throw wrongType('iterable', 'an instance of Iterable', iterable);
  }
  const iterator = iterable[isAsync ? Symbol.asyncIterator : Symbol.iterator]();
  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  let reading = false;
  const pull = async () => {
    try {
      for (;;) {
        const { value, done } = isAsync ? await iterator.next() : iterator.next();
        if (done) {
          readable.push(null);
          return;
        }
        const chunk = typeof value?.then === 'function' ? await value : value;
        if (chunk === null) {
          reading = false;
          throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
        }
        if (!readable.push(chunk)) {
          reading = false;
          return;
        }
      }
    } catch (error) {
      readable.destroy(error);
    }
  };
  readable._read = function _read() {
    if (reading) return;
    reading = true;
    pull();
  };
  readable._destroy = function _destroy(error, callback) {
    close(iterator, error).then(
      () => nextTick(callback, error),
      (failure) => nextTick(callback, failure || error),
    );
  };
  return readable;
}

/** Tells an iterator that no more is wanted. */
async function close(iterator, error) {
  if (error !== undefined && error !== null && typeof iterator.throw === 'function') {
    const { value, done } = await iterator.throw(error);
    await value;
    if (done) return;
  }
  if (typeof iterator.return === 'function') {
    const { value } = await iterator.return();
    await value;
  }
}

/** Has a Readable give what a stream of old emits. */
export function wrap(readable, old) {
  let paused = false;
  old.on('data', (chunk) => {
    if (!readable.push(chunk) && old.pause) {
      paused = true;
      old.pause();
    }
  });
  old.on('end', () => readable.push(null));
  old.on('error', (error) => fail(readable, error));
  old.on('close', () => readable.destroy());
  old.on('destroy', () => readable.destroy());
  readable._read = () => {
    if (paused && old.resume) {
      paused = false;
      old.resume();
    }
  };
  // Whoever gets the new stream finds the methods of the old one.
  for (const name of Object.keys(old)) {
    if (readable[name] === undefined && typeof old[name] === 'function') {
      readable[name] = old[name].bind(old);
    }
  }
  return readable;
}

/** `Readable.wrap`: a new stream of one of old. */
export function wrapped(Readable, old, options) {
  const objectMode = old.readableObjectMode ?? old.objectMode ?? true;
  return wrap(new Readable({ objectMode, ...options }), old);
}
