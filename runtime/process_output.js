// `process.stdout` and `process.stderr` as most scripts use them, which write and ask for colours.
// They become streams when somebody uses them as such.
//
// Spec: https://nodejs.org/api/process.html#processstdout

import { EventEmitter } from 'events';
import { coded, wrongType } from 'internal:errors';
import * as native from 'ops:process';

const kReplaced = Symbol('write');

/** Standard output or error. A write is done when it returns. */
export function Output(fd) {
  this.fd = fd;
  this._isStdio = true;
  if (native.terminalSize(fd) !== undefined) this.isTTY = true;
}

const proto = Output.prototype;
Object.setPrototypeOf(proto, EventEmitter.prototype);

/** Makes an output a Writable. */
function become(output) {
  native.load('internal:stdio').adopt(output);
}

/** The property `write` of a prototype: the console writes by itself, until it is another one. */
export function defineWrite(prototype, write) {
  Object.defineProperty(prototype, 'write', {
    configurable: true,
    get() {
      return this[kReplaced] ?? write;
    },
    set(replaced) {
      const value = replaced === write ? undefined : replaced;
      Object.defineProperty(this, kReplaced, { value, writable: true, configurable: true });
      native.redirect(this.fd, this, value);
    },
  });
}

const isUtf8 = (encoding) => /^utf-?8$/i.test(encoding);

defineWrite(proto, function write(data, encoding, callback) {
  if (data === null) {
    throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  }
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    const wanted = 'of type string or an instance of Buffer, TypedArray, or DataView';
    throw wrongType('chunk', wanted, data);
  }
  if (typeof encoding === 'string' && !isUtf8(encoding)) {
    become(this);
    return this.write(data, encoding, callback);
  }
  try {
    native.write(this.fd, data);
  } catch (error) {
    become(this);
    this.destroy(error);
    return false;
  }
  const done = typeof encoding === 'function' ? encoding : callback;
  if (typeof done === 'function') native.nextTick(done);
  return true;
});

for (const name of [
  'on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'off', 'removeListener',
  'removeAllListeners', 'emit', 'listeners', 'rawListeners', 'listenerCount', 'eventNames',
  'setMaxListeners', 'getMaxListeners', 'end', 'pipe', 'cork', 'uncork', 'destroy', 'destroyed',
  'setDefaultEncoding', 'writable', 'writableAborted', 'writableBuffer', 'writableCorked',
  'writableEnded', 'writableFinished', 'writableHighWaterMark', 'writableLength',
  'writableNeedDrain', 'writableObjectMode', 'closed', 'errored', '_write', '_writev',
  '_writableState', '_destroy', '_undestroy', 'destroySoon', 'clearLine', 'clearScreenDown',
  'cursorTo', 'moveCursor', 'getColorDepth',
]) {
  Object.defineProperty(proto, name, {
    configurable: true,
    get() {
      become(this);
      return this[name];
    },
    set(value) {
      become(this);
      this[name] = value;
    },
  });
}

/** What both the light form and the stream have. */
export const terminal = {
  get columns() {
    return this.isTTY ? native.terminalSize(this.fd)?.[0] || 80 : undefined;
  },

  get rows() {
    return this.isTTY ? native.terminalSize(this.fd)?.[1] || 24 : undefined;
  },

  getWindowSize() {
    return native.terminalSize(this.fd);
  },

  hasColors(count, env) {
    if (count === undefined && env === undefined) return native.hasColors(this.fd);
    return native.load('internal:stdio').hasColors(this, count, env);
  },
};

Object.defineProperties(proto, Object.getOwnPropertyDescriptors(terminal));
