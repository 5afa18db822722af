// Socket of `net`: a Duplex over a connection of the host.
//
// The host hands chunks to `data` and everything else to `news`. What is written goes to its output at
// once; a write is done when little waits there, or when all of it has left.
// Spec: https://nodejs.org/api/net.html#class-netsocket

import { Buffer } from 'buffer';
import { Duplex } from 'internal:stream_duplex';
import { checkFunction, coded, wrongValue } from 'internal:errors';
import * as native from 'ops:internal:net_socket';
import { nextTick } from 'ops:process';

const { load } = native;

/** What sockets are known by to the files of `net` and `tls`, and to those of `http`. */
export const kHandle = Symbol('handle');
export const kReady = Symbol('ready');
export const kConnected = Symbol('connected');
export const kSecured = Symbol('secured');
export const kReferenced = Symbol('referenced');
export const kAdopt = Symbol('adopt');
const kReading = Symbol('reading');
const kFull = Symbol('full');
const kWritten = Symbol('written');
const kFinal = Symbol('final');
const kEnds = Symbol('ends');
const kIdle = Symbol('idle');
const kOnRead = Symbol('onread');
const kBytes = Symbol('bytes');

/** What `connect` does where nobody says otherwise. */
export const families = { auto: true, attemptTimeout: 250 };

export function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  const given = typeof options === 'object' && options !== null ? options : {};
  if (given.objectMode || given.readableObjectMode || given.writableObjectMode) {
    throw wrongValue('options.objectMode', true, 'is not supported');
  }
  if (typeof options === 'number' || given.fd !== undefined) {
    throw wrongValue('options.fd', given.fd ?? options, 'is not supported');
  }
  Duplex.call(this, {
    ...given,
    allowHalfOpen: Boolean(given.allowHalfOpen),
    autoDestroy: true,
    decodeStrings: false,
    // Told with whether there was an error.
    emitClose: false,
  });
  this.connecting = false;
  this.timeout = undefined;
  this.server = null;
  this._server = null;
  this._host = null;
  this[kHandle] = null;
  this[kReady] = false;
  this[kReading] = false;
  this[kFull] = false;
  this[kWritten] = null;
  this[kFinal] = null;
  this[kEnds] = undefined;
  this[kIdle] = null;
  this[kReferenced] = true;
  this[kBytes] = { read: 0, written: 0 };
  this[kOnRead] = given.onread ? { ...given.onread } : null;
  if (this[kOnRead] !== null) load('internal:net_connect').flowInto(this, this[kOnRead]);
  this._settings = {
    noDelay: given.noDelay,
    keepAlive: given.keepAlive,
    keepAliveInitialDelay: given.keepAliveInitialDelay,
  };
  if (native.isHandle(given.handle)) this[kAdopt](given.handle, given.pauseOnCreate);
}

Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);
const proto = Socket.prototype;

/** A connection that is there becomes this socket's. */
proto[kAdopt] = function adopt(handle, paused) {
  this[kHandle] = handle;
  this[kReady] = true;
  native.attach(handle, this);
  applySettings(this);
  if (paused) this._readableState.flowing = false;
  else this.read(0);
};

function applySettings(socket) {
  const { noDelay, keepAlive, keepAliveInitialDelay } = socket._settings;
  if (noDelay !== undefined) socket.setNoDelay(noDelay);
  if (keepAlive) socket.setKeepAlive(true, keepAliveInitialDelay);
  if (!socket[kReferenced]) native.reference(socket[kHandle], false);
}

/** Somebody has read or written: the time without either begins anew. */
function touch(socket) {
  if (socket[kIdle] !== null) socket[kIdle].touch();
}

/** Bytes have come. */
function data(socket, chunk) {
  socket[kBytes].read += chunk.length;
  touch(socket);
  if (socket[kOnRead] !== null) {
    load('internal:net_connect').readInto(socket, socket[kOnRead], chunk);
    return;
  }
  const state = socket._readableState;
  // The short way of `push`, for who takes chunks as they come.
  if (state.flowing && state.length === 0 && state.decoder === null && !state.ended
    && state.awaitDrainWriters === null && !state.destroyed && !state.errored
    && socket.listenerCount('data') > 0) {
    state.dataEmitted = true;
    socket.emit('data', chunk);
  } else if (!socket.push(chunk)) {
    stopReading(socket);
  }
}

function stopReading(socket) {
  if (!socket[kReading]) return;
  socket[kReading] = false;
  if (socket[kHandle] !== null) native.read(socket[kHandle], false);
}

/** Something else has happened. */
function news(socket, kind, fault) {
  switch (kind) {
    case 'room':
      socket[kFull] = false;
      touch(socket);
      tellRoom(socket);
      break;
    case 'end':
      if (socket[kOnRead]?.rest?.length > 0) {
        socket[kOnRead].isLast = true;
        break;
      }
      socket[kReading] = true;
      socket.push(null);
      socket.read(0);
      break;
    case 'finish':
      socket[kFinal]?.();
      socket[kFinal] = null;
      break;
    case 'connect':
      applySettings(socket);
      socket[kConnected]();
      break;
    case 'secure':
      socket[kSecured]();
      break;
    default:
      socket[kHandle] = null;
      socket.destroy(fault && load('internal:net_connect').faultOf(fault));
  }
}

native.told({ buffer: Buffer.prototype, data, news });

function tellRoom(socket) {
  const done = socket[kWritten];
  if (done !== null) {
    socket[kWritten] = null;
    done(null);
    return;
  }
  const state = socket._writableState;
  if (state.needDrain && state.length === 0 && !state.ending && !socket.destroyed) {
    state.needDrain = false;
    socket.emit('drain');
  }
}

proto[kConnected] = function connected() {
  this.connecting = false;
  this[kReady] = true;
  touch(this);
  this.emit('connect');
  this.emit('ready');
  if (this.readable && !this.isPaused()) this.read(0);
};

proto[kSecured] = function secured() {};

proto.connect = function connect(...given) {
  return load('internal:net_connect').connect(this, given);
};

proto._read = function _read() {
  if (!this[kReady] || this[kHandle] === null) {
    if (!this.destroyed) this.once(this._readyEvent ?? 'connect', () => this._read());
    return;
  }
  if (this[kReading]) return;
  this[kReading] = true;
  native.read(this[kHandle], true);
};

/** Hands bytes or text to the host. True: what is written next has to wait. */
function send(socket, chunk, encoding) {
  let sent;
  if (typeof chunk !== 'string') sent = native.write(socket[kHandle], chunk);
  else if (encoding === 'utf8' || encoding === 'utf-8') {
    sent = native.writeText(socket[kHandle], chunk);
  } else sent = native.write(socket[kHandle], Buffer.from(chunk, encoding));
  // It is over, which is told next.
  if (sent === undefined) return true;
  socket[kBytes].written += Math.abs(sent);
  return sent < 0;
}

proto.write = function write(chunk, encoding, callback) {
  const state = this._writableState;
  // The short way: nothing waits, and nobody wants to know when it is done.
  if (encoding === undefined && callback === undefined && this[kReady] && !this[kFull]
    && this[kHandle] !== null && !state.writing && state.corked === 0 && !state.ending
    && !state.destroyed && !state.errored && state.length === 0
    && (typeof chunk === 'string' ? state.defaultEncoding === 'utf8' : chunk instanceof Uint8Array)
    && chunk.length < state.highWaterMark) {
    touch(this);
    if (!send(this, chunk, 'utf8')) return true;
    this[kFull] = true;
    state.needDrain = true;
    return false;
  }
  return Duplex.prototype.write.call(this, chunk, encoding, callback);
};

proto._write = function _write(chunk, encoding, callback) {
  if (!this[kReady] && (this.connecting || this.secureConnecting)) {
    const event = this._readyEvent ?? 'connect';
    const closed = () => callback(coded(Error, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION',
      'Socket closed before the connection was established'));
    this.once(event, () => {
      this.off('close', closed);
      this._write(chunk, encoding, callback);
    });
    this.once('close', closed);
    return;
  }
  if (this[kHandle] === null) {
    callback(coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
    return;
  }
  touch(this);
  this[kFull] = send(this, chunk, encoding) || this[kFull];
  if (this[kFull]) this[kWritten] = callback;
  else callback(null);
};

proto._writev = function _writev(chunks, callback) {
  if (!this[kReady] || this[kHandle] === null) {
    const whole = chunks.map(({ chunk, encoding }) => (
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    ));
    this._write(Buffer.concat(whole), 'buffer', callback);
    return;
  }
  touch(this);
  let isFull = this[kFull];
  for (const { chunk, encoding } of chunks) isFull = send(this, chunk, encoding) || isFull;
  this[kFull] = isFull;
  if (isFull) this[kWritten] = callback;
  else callback(null);
};

proto._final = function _final(callback) {
  if (!this[kReady] && (this.connecting || this.secureConnecting)) {
    this.once(this._readyEvent ?? 'connect', () => this._final(callback));
    return;
  }
  if (this[kHandle] === null) {
    callback();
    return;
  }
  this[kFinal] = callback;
  native.end(this[kHandle]);
};

/** It connects anew. */
proto._renew = function renew() {
  this._undestroy();
  this[kEnds] = undefined;
  this[kBytes] = { read: 0, written: 0 };
};

proto._destroy = function _destroy(error, callback) {
  this.connecting = false;
  this[kReady] = false;
  this[kReading] = false;
  this[kFull] = false;
  this[kIdle]?.stop();
  this[kIdle] = null;
  const handle = this[kHandle];
  this[kHandle] = null;
  if (handle !== null) native.destroy(handle, Boolean(this.resetAndClosing));
  // Whoever waits has waited for long enough, as in Node.
  for (const name of [kWritten, kFinal]) {
    const done = this[name];
    this[name] = null;
    done?.(null);
  }
  callback(error);
  nextTick(() => this.emit('close', Boolean(error)));
  if (this._server !== null) this._server._forget(this);
};

proto.destroySoon = function destroySoon() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

proto.resetAndDestroy = function resetAndDestroy() {
  if (this[kHandle] === null && !this.connecting) {
    return this.destroy(coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
  }
  this.resetAndClosing = true;
  if (this.connecting) {
    this.once('connect', () => this.destroy());
    return this;
  }
  return this.destroy();
};

proto.setTimeout = function setTimeout(milliseconds, callback) {
  if (this.destroyed) return this;
  this.timeout = milliseconds;
  const idle = load('internal:net_connect').idleTimer(this, milliseconds);
  if (callback !== undefined) checkFunction(callback, 'callback');
  this[kIdle]?.stop();
  this[kIdle] = idle;
  if (callback !== undefined) {
    if (idle === null) this.removeListener('timeout', callback);
    else this.once('timeout', callback);
  }
  return this;
};

proto.setNoDelay = function setNoDelay(wanted = true) {
  this._settings.noDelay = wanted;
  if (this[kHandle] !== null) native.noDelay(this[kHandle], Boolean(wanted));
  return this;
};

proto.setKeepAlive = function setKeepAlive(wanted = false, delay = 0) {
  Object.assign(this._settings, { keepAlive: wanted, keepAliveInitialDelay: delay });
  if (this[kHandle] !== null) native.keepAlive(this[kHandle], Boolean(wanted), Number(delay) || 0);
  return this;
};

proto.ref = function ref() {
  this[kReferenced] = true;
  if (this[kHandle] !== null) native.reference(this[kHandle], true);
  return this;
};

proto.unref = function unref() {
  this[kReferenced] = false;
  if (this[kHandle] !== null) native.reference(this[kHandle], false);
  return this;
};

/** Both ends, once there is a connection. */
function ends(socket) {
  if (socket[kEnds] === undefined && socket[kHandle] !== null && !socket.connecting) {
    socket[kEnds] = native.ends(socket[kHandle]);
  }
  return socket[kEnds] ?? [];
}

proto.address = function address() {
  const [local, port, family] = ends(this);
  return local === undefined ? {} : { address: local, family, port };
};

const facts = {
  localAddress: (socket) => ends(socket)[0],
  localPort: (socket) => ends(socket)[1],
  localFamily: (socket) => ends(socket)[2],
  remoteAddress: (socket) => ends(socket)[3],
  remotePort: (socket) => ends(socket)[4],
  remoteFamily: (socket) => ends(socket)[5],
  bytesRead: (socket) => socket[kBytes].read,
  bytesWritten: (socket) => socket[kBytes].written + socket._writableState.length,
  bufferSize: (socket) => (socket[kHandle] === null ? undefined : socket.writableLength),
  pending: (socket) => socket[kHandle] === null || socket.connecting,
  readyState(socket) {
    if (socket.connecting) return 'opening';
    if (socket.readable) return socket.writable ? 'open' : 'readOnly';
    return socket.writable ? 'writeOnly' : 'closed';
  },
  _handle: (socket) => socket[kHandle],
};

for (const [name, get] of Object.entries(facts)) {
  Object.defineProperty(proto, name, {
    configurable: true,
    enumerable: true,
    get() {
      return get(this);
    },
  });
}
