// Server of `net`.
//
// Spec: https://nodejs.org/api/net.html#class-netserver

import { EventEmitter } from 'events';
import { Socket } from 'internal:net_socket';
import { checkFunction, coded, wrongType } from 'internal:errors';
import * as native from 'ops:internal:net_server';
import { nextTick } from 'ops:process';

const { load } = native;
const kBound = Symbol('bound');
const kReferenced = Symbol('referenced');
const kLookingUp = Symbol('lookingUp');

export function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  EventEmitter.call(this);
  let given = options;
  let called = listener;
  if (typeof given === 'function') [given, called] = [{}, given];
  given ??= {};
  if (typeof given !== 'object') throw wrongType('options', 'of type object', given);
  if (called !== undefined) this.on('connection', called);
  this._connections = 0;
  this._options = { ...given };
  this.allowHalfOpen = Boolean(given.allowHalfOpen);
  this.pauseOnConnect = Boolean(given.pauseOnConnect);
  this[kBound] = null;
  this[kReferenced] = true;
  this[kLookingUp] = false;
}

Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);
const proto = Server.prototype;

proto.listen = function listen(...given) {
  const [options, listener] = load('internal:net_connect').listenOptions(given);
  if (this[kBound] !== null || this[kLookingUp]) {
    throw coded(Error, 'ERR_SERVER_ALREADY_LISTEN',
      'Listen method has been called more than once without closing.');
  }
  if (listener !== undefined) this.once('listening', listener);
  const { signal } = options;
  if (signal !== undefined) {
    load('internal:errors').checkSignal(signal, 'options.signal');
    if (signal.aborted) nextTick(() => this.close());
    else signal.addEventListener('abort', () => this.close(), { once: true });
  }
  if (typeof options.host === 'string' && native.isIP(options.host) === 0) {
    this[kLookingUp] = true;
    load('dns').lookup(options.host, (error, address) => {
      if (!this[kLookingUp]) return;
      this[kLookingUp] = false;
      if (error) this.emit('error', error);
      else begin(this, { ...options, host: address });
    });
    return this;
  }
  begin(this, options);
  return this;
};

function begin(server, { host, port, path, fd, backlog, reusePort }) {
  try {
    server[kBound] = native.listen({
      address: host,
      port,
      path,
      fd,
      backlog: backlog > 0 ? backlog : undefined,
      reusePort,
      tls: server._tlsSpec?.(),
      accepted: (handle) => accept(server, handle),
      closed() {},
    });
  } catch (error) {
    nextTick(() => server.emit('error', error));
    return;
  }
  if (!server[kReferenced]) native.referenceServer(server[kBound].handle, false);
  const bound = server[kBound];
  nextTick(() => {
    if (server[kBound] === bound) server.emit('listening');
  });
}

/** The addresses of a connection that is not taken. */
function described(handle) {
  const [localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily] =
    native.ends(handle);
  return { localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily };
}

function accept(server, handle) {
  const most = server.maxConnections;
  const { blockList } = server._options;
  const isFull = typeof most === 'number' && server._connections >= most;
  if (isFull || blockList !== undefined) {
    const ends = described(handle);
    if (isFull || blockList.check(ends.remoteAddress, ends.remoteFamily.toLowerCase())) {
      native.destroy(handle, false);
      server.emit('drop', ends);
      return;
    }
  }
  const { noDelay, keepAlive, keepAliveInitialDelay, highWaterMark } = server._options;
  const socket = server._socketOf({
    handle,
    allowHalfOpen: server.allowHalfOpen,
    pauseOnCreate: server.pauseOnConnect,
    highWaterMark,
    noDelay,
    keepAlive,
    keepAliveInitialDelay,
  });
  server._connections++;
  socket.server = server;
  socket._server = server;
  server._greet(socket);
}

/** Those of `tls` make sockets of another class, and tell of them later. */
proto._socketOf = function _socketOf(options) {
  return new Socket(options);
};

proto._greet = function _greet(socket) {
  this.emit('connection', socket);
};

/** One of its connections is over. */
proto._forget = function _forget() {
  this._connections--;
  closeIfDrained(this);
};

function closeIfDrained(server) {
  if (server[kBound] !== null || server._connections > 0) return;
  nextTick(() => {
    if (server[kBound] === null && server._connections === 0) server.emit('close');
  });
}

proto.close = function close(callback) {
  if (callback !== undefined) {
    checkFunction(callback, 'callback');
    if (this[kBound] !== null) this.once('close', callback);
    else {
      this.once('close', () => {
        callback(coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
      });
    }
  }
  this[kLookingUp] = false;
  if (this[kBound] !== null) {
    native.close(this[kBound].handle);
    this[kBound] = null;
  }
  closeIfDrained(this);
  return this;
};

proto.address = function address() {
  if (this[kBound] === null) return null;
  const { address: ip, family, port, path } = this[kBound];
  return path ?? { address: ip, family, port };
};

proto.getConnections = function getConnections(callback) {
  checkFunction(callback, 'callback');
  nextTick(callback, null, this._connections);
  return this;
};

proto.ref = function ref() {
  this[kReferenced] = true;
  if (this[kBound] !== null) native.referenceServer(this[kBound].handle, true);
  return this;
};

proto.unref = function unref() {
  this[kReferenced] = false;
  if (this[kBound] !== null) native.referenceServer(this[kBound].handle, false);
  return this;
};

/** What `tls` changes about a server that listens. */
proto._bound = function _bound() {
  return this[kBound]?.handle;
};

Object.defineProperty(proto, 'listening', {
  configurable: true,
  enumerable: true,
  get() {
    return this[kBound] !== null;
  },
});

proto[Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')] = function dispose() {
  if (!this.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};
