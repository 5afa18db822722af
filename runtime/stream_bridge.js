// A Duplex in front of two other streams: what is written goes to one, what is read comes from the
// other. `compose`, `Duplex.from` and `duplexPair` make such.
//
// Spec: https://nodejs.org/api/stream.html

import { abortError } from 'internal:errors';
import { Duplex } from 'internal:stream_duplex';
import { finished } from 'internal:stream_finished';
import { destroyer } from 'internal:stream_kinds';

/**
 * `head` is written to and `tail` read from, and either may be missing. `over(error)` is to be
 * called when both are done, and `end(error)` ends them.
 */
export class Bridge {
  #onDrain;
  #onFinish;
  #onReadable;
  #onClose = null;
  #isOver = false;

  constructor(head, tail, end) {
    this.duplex = new Duplex({
      readableObjectMode: Boolean(tail?.readableObjectMode),
      writableObjectMode: Boolean(head?.writableObjectMode),
      readable: Boolean(tail),
      writable: Boolean(head),
    });
    if (head) this.#write(head);
    if (tail) this.#read(tail);
    this.duplex._destroy = (error, callback) => {
      const why = error ?? (this.#isOver ? null : abortError());
      this.#onDrain = undefined;
      this.#onFinish = undefined;
      this.#onReadable = undefined;
      if (this.#isOver) {
        callback(why);
        return;
      }
      this.#onClose = callback;
      end(why);
    };
  }

  #write(head) {
    const { duplex } = this;
    duplex._write = (chunk, encoding, callback) => {
      if (head.write(chunk, encoding)) callback();
      else this.#onDrain = callback;
    };
    duplex._final = (callback) => {
      this.#onFinish = callback;
      head.end();
    };
    head.on('drain', () => {
      const callback = this.#onDrain;
      this.#onDrain = undefined;
      callback?.();
    });
  }

  /** All that was written has come through. */
  written() {
    const callback = this.#onFinish;
    this.#onFinish = undefined;
    callback?.();
  }

  #read(tail) {
    const { duplex } = this;
    tail.on('readable', () => {
      const callback = this.#onReadable;
      this.#onReadable = undefined;
      callback?.();
    });
    tail.on('end', () => duplex.push(null));
    duplex._read = () => {
      for (;;) {
        const chunk = tail.read();
        if (chunk === null) {
          this.#onReadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }

  over(error) {
    if (this.#isOver) return;
    this.#isOver = true;
    const callback = this.#onClose;
    this.#onClose = null;
    if (callback !== null) callback(error);
    else if (error) this.duplex.destroy(error);
    else if (!this.duplex.readable && !this.duplex.writable) this.duplex.destroy();
  }
}

/** A Duplex of a stream to read from and one to write to. */
export function joined(readable, writable) {
  const both = [readable, writable].filter(Boolean);
  const bridge = new Bridge(writable, readable, (error) => {
    for (const stream of both) destroyer(stream, error);
  });
  let left = both.length;
  const sideOver = (other) => (error) => {
    left--;
    if (error) {
      destroyer(other, error);
      bridge.over(error);
    } else if (left === 0) {
      bridge.over();
    }
  };
  if (writable) {
    finished(writable, { readable: false }, (error) => {
      if (!error) bridge.written();
      sideOver(readable)(error);
    });
  }
  if (readable) finished(readable, { writable: false }, sideOver(writable));
  return bridge.duplex;
}
