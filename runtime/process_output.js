// The streams `process.stdout` and `process.stderr`: https://nodejs.org/api/process.html
// Loaded when a script asks for one of them.

import EventEmitter from 'events';
import { coded, wrongType } from 'internal:errors';
import * as native from 'ops:process';

/** Standard output or error. A write is done when it returns. */
export class Output extends EventEmitter {
  #write = undefined;

  constructor(fd) {
    super();
    this.fd = fd;
    this.writable = true;
    const size = native.terminalSize(fd);
    if (size !== undefined) {
      this.isTTY = true;
      this.columns = size[0] || 80;
      this.rows = size[1] || 24;
    }
  }

  get write() {
    return this.#write ?? write;
  }

  // The console writes by itself, until a script puts another function here.
  set write(replaced) {
    this.#write = replaced === write ? undefined : replaced;
    native.redirect(this.fd, this, this.#write);
  }

  end(data, encoding, callback) {
    if (data !== undefined && typeof data !== 'function') this.write(data);
    const done = [data, encoding, callback].find((value) => typeof value === 'function');
    if (done !== undefined) native.nextTick(done);
    return this;
  }

  getWindowSize() {
    return native.terminalSize(this.fd);
  }

  hasColors() {
    return native.hasColors(this.fd);
  }
}

function write(data, encoding, callback) {
  if (data === null) {
    throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  }
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    const wanted = 'of type string or an instance of Buffer, TypedArray, or DataView';
    throw wrongType('chunk', wanted, data);
  }
  native.write(this.fd, data);
  const done = typeof encoding === 'function' ? encoding : callback;
  if (typeof done === 'function') native.nextTick(done);
  return true;
}
