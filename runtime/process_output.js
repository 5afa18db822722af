// `process.stdout` and `process.stderr`. Most scripts only write to them and ask for colours, so
// what makes them streams is loaded when somebody uses it.
//
// Spec: https://nodejs.org/api/process.html#processstdout, https://nodejs.org/api/tty.html

import { EventEmitter } from 'events';
import { coded, wrongType } from 'internal:errors';
import * as native from 'ops:process';

const kReplaced = Symbol('write');
/** Behind an output that is a stream: the state and the methods of one. */
const kMembers = Symbol('members');

function hide(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, configurable: true });
}

/** Standard output or error. A write is done when it returns. */
export function Output(fd) {
  this.fd = fd;
  hide(this, '_isStdio', true);
  hide(this, kMembers, undefined);
  hide(this, kReplaced, undefined);
  if (native.terminalSize(fd) === undefined) return;
  this.isTTY = true;
  Object.setPrototypeOf(this, WriteStream.prototype);
}

/** Only these file descriptors can be a stream of a terminal. */
export function checkTerminal(fd, possible) {
  if (!Number.isInteger(fd) || fd < 0) {
    throw coded(RangeError, 'ERR_INVALID_FD', `"fd" must be a positive integer: ${fd}`);
  }
  if (possible.includes(fd) && native.isTerminal(fd)) return;
  const message = `TTY initialization failed: ${fd} is no terminal among the standard streams`;
  throw coded(Error, 'ERR_TTY_INIT_FAILED', message);
}

/** The same, of a terminal. */
export function WriteStream(fd) {
  checkTerminal(fd, [1, 2]);
  return Reflect.construct(Output, [fd], new.target ?? WriteStream);
}

const proto = Output.prototype;
Object.setPrototypeOf(proto, EventEmitter.prototype);
Object.setPrototypeOf(WriteStream.prototype, proto);

/** What an output has as a stream. */
function members(output) {
  return output[kMembers] ?? native.load('internal:stdio').become(output, kMembers);
}

const isUtf8 = (encoding) => /^utf-?8$/i.test(encoding);

function write(data, encoding, callback) {
  if (data === null) {
    throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  }
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    const wanted = 'of type string or an instance of Buffer, TypedArray, or DataView';
    throw wrongType('chunk', wanted, data);
  }
  if (this[kMembers] !== undefined || (typeof encoding === 'string' && !isUtf8(encoding))) {
    return members(this).write.call(this, data, encoding, callback);
  }
  const done = typeof encoding === 'function' ? encoding : callback;
  try {
    native.write(this.fd, data);
  } catch (error) {
    if (typeof done === 'function') native.nextTick(done, error);
    this.destroy(error);
    return false;
  }
  if (typeof done === 'function') native.nextTick(done);
  return true;
}

// The console writes by itself, until a script puts another function here.
Object.defineProperty(proto, 'write', {
  configurable: true,
  get() {
    return this[kReplaced] ?? write;
  },
  set(replaced) {
    this[kReplaced] = replaced === write ? undefined : replaced;
    native.redirect(this.fd, this, this[kReplaced]);
  },
});

// A getter must not change what it is called on: Boa 0.22 remembers for each place in the code
// where a property was found, by how the object looks after the call. So these stay as they are.
for (const name of [
  'on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'off', 'removeListener',
  'removeAllListeners', 'emit', 'listeners', 'rawListeners', 'listenerCount', 'eventNames',
  'setMaxListeners', 'getMaxListeners', 'end', 'pipe', 'cork', 'uncork', 'destroy', 'destroyed',
  'setDefaultEncoding', 'writable', 'writableAborted', 'writableBuffer', 'writableCorked',
  'writableEnded', 'writableFinished', 'writableHighWaterMark', 'writableLength',
  'writableNeedDrain', 'writableObjectMode', 'closed', 'errored', 'destroySoon', '_write',
  '_writev', '_final', '_writableState', '_destroy', '_undestroy', '_construct',
]) define(proto, name);

for (const name of ['clearLine', 'clearScreenDown', 'cursorTo', 'moveCursor', 'getColorDepth']) {
  define(WriteStream.prototype, name);
}

function define(prototype, name) {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get() {
      return members(this)[name];
    },
    set(value) {
      members(this)[name] = value;
    },
  });
}

Object.defineProperties(proto, Object.getOwnPropertyDescriptors({
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
    return native.load('internal:stdio').hasColors(count, env);
  },
}));
