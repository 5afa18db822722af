// child_process: this side of the pipes of a child, as streams.

import { Buffer } from 'buffer';
import { Readable, Writable } from 'stream';
import * as native from 'ops:internal:child_process_pipes';

/** As of a socket, and not as of a file. */
function asOfSocket(error) {
  if (error !== undefined) error.message = `${error.syscall} ${error.code}`;
  return error;
}

/** What a child writes; of one that could not be started, nothing. */
export class ReadablePipe extends Readable {
  #pipe;

  constructor(pipe) {
    super();
    this.#pipe = pipe;
    if (pipe !== null) native.open(pipe, (chunk, error) => this.#receive(chunk, error));
  }

  #receive(chunk, error) {
    if (error !== undefined) this.destroy(asOfSocket(error));
    else this.push(chunk === null ? null : Buffer.from(chunk));
  }

  _read() {
    // Not before whoever has started it has heard of the error.
    if (this.#pipe === null) setImmediate(() => this.push(null));
    else native.read(this.#pipe);
  }

  _destroy(error, callback) {
    if (this.#pipe !== null) native.close(this.#pipe);
    callback(error);
  }

  ref() {
    if (this.#pipe !== null) native.refer(this.#pipe, true);
    return this;
  }

  unref() {
    if (this.#pipe !== null) native.refer(this.#pipe, false);
    return this;
  }
}

/** What a child reads. */
export class WritablePipe extends Writable {
  #pipe;
  #done;

  constructor(pipe) {
    super({ decodeStrings: true });
    this.#pipe = pipe;
    if (pipe !== null) native.open(pipe, undefined, (error) => this.#written(asOfSocket(error)));
  }

  #written(error) {
    const done = this.#done;
    this.#done = undefined;
    done?.(error);
  }

  _write(chunk, encoding, callback) {
    let isWritten = false;
    try {
      isWritten = native.write(this.#pipe, chunk);
    } catch (error) {
      callback(asOfSocket(error));
      return;
    }
    if (isWritten) callback();
    else this.#done = callback;
  }

  _final(callback) {
    if (this.#pipe !== null) native.close(this.#pipe);
    callback();
  }

  _destroy(error, callback) {
    if (this.#pipe !== null) native.close(this.#pipe);
    callback(error);
    // What it was given last has not been written.
    this.#written(error ?? undefined);
  }

  ref() {
    if (this.#pipe !== null) native.refer(this.#pipe, true);
    return this;
  }

  unref() {
    if (this.#pipe !== null) native.refer(this.#pipe, false);
    return this;
  }
}
