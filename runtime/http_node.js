// Servers of Node's shape, `(req, res)`: loaded with the first of them.
//
// A request has a native object, which knows its connection; what is read and written goes there.
// Spec: https://nodejs.org/api/http.html#class-httpserver

import { Buffer } from 'buffer';
import { EventEmitter } from 'events';
import { Writable } from 'internal:stream_writable';
import { IncomingMessage } from 'internal:http_incoming';
import { OutgoingMessage } from 'internal:http_outgoing';
import { coded, outOfRange } from 'internal:errors';
import * as native from 'ops:internal:http_node';
import { nextTick } from 'ops:process';

const { load } = native;
// RFC 9112 4: what a reason phrase has none of.
const NO_REASON = /[^\t\x20-\x7e\x80-\xff]/;
const kNative = Symbol('native');
const kWhole = Symbol('whole');
const kFollows = Symbol('follows');
const kBegan = Symbol('began');
const kSent = Symbol('sent');
const kAnswered = Symbol('answered');

export { IncomingMessage, OutgoingMessage };

export function ServerResponse(req, options) {
  if (!(this instanceof ServerResponse)) return new ServerResponse(req, options);
  OutgoingMessage.call(this, options);
  this.req = req;
  this.statusCode = 200;
  this.statusMessage = undefined;
  this[kNative] = req?.[kNative];
  this[kWhole] = undefined;
  this[kFollows] = false;
  this[kBegan] = false;
  this[kSent] = false;
}

Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);
const proto = ServerResponse.prototype;

proto.writeHead = function writeHead(status, reason, headers) {
  if (this.headersSent) {
    throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
  }
  const code = status | 0;
  if (code < 100 || code > 999) {
    throw Object.assign(outOfRange('statusCode', '', status), {
      code: 'ERR_HTTP_INVALID_STATUS_CODE', message: `Invalid status code: ${status}`,
    });
  }
  let fields = headers;
  if (typeof reason === 'string') this.statusMessage = reason;
  else fields ??= reason;
  this.statusCode = code;
  if (this.statusMessage !== undefined && NO_REASON.test(this.statusMessage)) {
    throw coded(TypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
  }
  if (fields) this._addFields(fields);
  // It is sent with the beginning of the body, and decided from here on.
  this.headersSent = true;
  return this;
};

proto._implicitHeader = function implicitHeader() {
  this.writeHead(this.statusCode);
};

/** Sends the head; the body comes bit by bit. */
function begin(res) {
  // By the method that middleware may have replaced.
  if (!res.headersSent) res._implicitHeader();
  res[kBegan] = true;
  res.headersSent = true;
  if (res[kNative] === undefined) return;
  const follows = native.begin(
    res[kNative], res.statusCode, res.statusMessage, res._flatFields(), res._length(), res.sendDate,
  );
  res[kFollows] = follows === true;
}

proto.flushHeaders = function flushHeaders() {
  if (!this[kBegan] && !this.destroyed) begin(this);
};

proto._write = function _write(chunk, encoding, callback) {
  let follows;
  try {
    if (!this[kBegan]) begin(this);
    follows = this[kFollows];
    if (follows) {
      const isUtf8 = typeof chunk !== 'string' || /^utf-?8$/i.test(encoding);
      follows = native.write(this[kNative], isUtf8 ? chunk : Buffer.from(chunk, encoding));
    } else follows = true;
  } catch (error) {
    callback(error);
    return;
  }
  if (follows === false) native.writable(this[kNative]).then(() => callback());
  else callback();
};

proto.end = function end(chunk, encoding, callback) {
  let [given, form, done] = [chunk, encoding, callback];
  if (typeof given === 'function') [given, form, done] = [undefined, undefined, given];
  else if (typeof form === 'function') [form, done] = [undefined, form];
  const isFirst = !this[kBegan] && !this.writableEnded && !this.destroyed && this.writableLength === 0;
  const isBody = typeof given === 'string' || given instanceof Uint8Array;
  if (isFirst && !this.headersSent) this._implicitHeader();
  if (isFirst && isBody && !(this.strictContentLength && this.hasHeader('content-length'))) {
    this[kWhole] = typeof given === 'string' && form !== undefined && !/^utf-?8$/i.test(form)
      ? Buffer.from(given, form) : given;
    given = undefined;
  }
  Writable.prototype.end.call(this, given, form, done);
  return this;
};

proto._final = function _final(callback) {
  try {
    if (this[kBegan]) {
      if (this[kFollows]) native.finish(this[kNative], this._trailers);
    } else if (this[kNative] !== undefined) {
      this[kBegan] = true;
      this.headersSent = true;
      native.respond(
        this[kNative], this.statusCode, this.statusMessage, this._flatFields(), this[kWhole] ?? '',
        this.sendDate,
      );
    }
  } catch (error) {
    callback(error);
    return;
  }
  this[kSent] = true;
  callback();
};

proto._destroy = function _destroy(error, callback) {
  // What nobody has read of a request without a body is nothing, but its end.
  const { req } = this;
  if (this.writableFinished && req?.complete && !req.readableEnded) req.resume();
  // A reply that is not whole has to look so.
  const isWhole = this.writableFinished || this[kSent];
  if (!isWhole && this[kNative] !== undefined && !this._gone) native.hangUp(this[kNative]);
  callback(error);
};

proto.writeContinue = function writeContinue(callback) {
  native.wantBody(this[kNative]);
  if (callback) nextTick(callback);
};

proto.writeProcessing = function writeProcessing(callback) {
  native.interim(this[kNative], 102, []);
  if (callback) nextTick(callback);
};

proto.writeInformation = function writeInformation(status, headers, callback) {
  native.interim(this[kNative], status, Object.entries(headers ?? {}).flat().map(String));
  if (callback) nextTick(callback);
};

proto.writeEarlyHints = function writeEarlyHints(hints, callback) {
  const fields = [];
  for (const [name, value] of Object.entries(hints)) {
    for (const one of Array.isArray(value) ? value : [value]) fields.push(name, String(one));
  }
  native.interim(this[kNative], 103, fields);
  if (callback) nextTick(callback);
};

proto.assignSocket = function assignSocket() {};
proto.detachSocket = function detachSocket() {};

Object.defineProperty(proto, 'socket', {
  configurable: true,
  get() {
    return this._gone || this.destroyed ? null : this.req?.socket ?? null;
  },
});

/** The connection of a request, as far as it can be known and ended while HTTP is spoken on it. */
class Connection extends EventEmitter {
  #request;
  #ends = null;
  #timer = null;

  constructor(request) {
    super();
    this.#request = request;
    this.destroyed = false;
  }

  #end(at) {
    this.#ends ??= native.endsOf(this.#request);
    return this.#ends[at];
  }

  get localAddress() { return this.#end(0); }

  get localPort() { return this.#end(1); }

  get localFamily() { return this.#end(2); }

  get remoteAddress() { return this.#end(3); }

  get remotePort() { return this.#end(4); }

  get remoteFamily() { return this.#end(5); }

  get encrypted() { return this.#end(6); }

  get authorized() { return this.#end(7) !== undefined; }

  get readable() { return !this.destroyed; }

  get writable() { return !this.destroyed; }

  getPeerCertificate() { return this.#end(7) ?? {}; }

  address() {
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }

  setTimeout(milliseconds, callback) {
    clearTimeout(this.#timer);
    if (callback) this.once('timeout', callback);
    if (milliseconds > 0) {
      this.#timer = setTimeout(() => this.emit('timeout'), milliseconds);
      this.#timer.unref();
    }
    return this;
  }

  setNoDelay() { return this; }

  setKeepAlive() { return this; }

  ref() { return this; }

  unref() { return this; }

  end() { return this.destroy(); }

  destroySoon() { return this.destroy(); }

  destroy(error) {
    if (this.destroyed) return this;
    native.hangUp(this.#request);
    if (error) nextTick(() => this.emit('error', error));
    this._closed();
    return this;
  }

  _closed() {
    clearTimeout(this.#timer);
    if (this.destroyed) return;
    this.destroyed = true;
    nextTick(() => this.emit('close', false));
  }
}

function aborted() {
  return coded(Error, 'ECONNRESET', 'aborted');
}

/** Where the body of a request comes from. */
const BODY = {
  read(req) {
    const next = native.read(req[kNative]);
    next.then((chunk) => {
      if (chunk === undefined) req._end();
      else req.push(chunk);
    }, () => req.destroy(aborted()));
  },
  end: abandoned,
};

/** Of a request without a body there is nothing to read. */
const NO_BODY = {
  read(req) {
    req.push(null);
  },
  end: abandoned,
};

/** Whoever destroys a request that is not answered ends its connection. */
function abandoned(req, error) {
  if (req.aborted && !req[kAnswered]() && error?.code !== 'ECONNRESET') native.hangUp(req[kNative]);
}

/** What a server does with a request. */
export function dispatch(server, state, request, hasBody) {
  const [method, url, version, raw] = native.head(request);
  const Incoming = state.options.IncomingMessage ?? IncomingMessage;
  const Outgoing = state.options.ServerResponse ?? ServerResponse;
  let connection;
  const req = new Incoming(() => {
    connection ??= new Connection(request);
    return connection;
  }, hasBody ? BODY : NO_BODY);
  Object.assign(req, { method, url, httpVersion: version, rawHeaders: raw });
  req[kNative] = request;
  // Of one that becomes a socket there is nothing to hang up.
  req[kAnswered] = () => true;
  if (!hasBody) req.complete = true;
  const { headers } = req;
  if (headers.upgrade !== undefined && /\bupgrade\b/i.test(headers.connection ?? '')
    && server.listenerCount('upgrade') > 0) {
    upgrade(server, req, request);
    return;
  }
  const res = new Outgoing(req);
  res[kNative] ??= request;
  req[kAnswered] = () => res[kSent] || res._gone === true;
  const gone = () => {
    res._gone = true;
    connection?._closed();
    if (!req.complete) req.destroy(aborted());
    res.destroy();
  };
  if (native.whenGone(request, gone)) nextTick(gone);
  if (state.timeout > 0) req.setTimeout(state.timeout, () => timedOut(server, req, res));
  const waits = headers.expect !== undefined && server.listenerCount('checkContinue') > 0;
  server.emit(waits ? 'checkContinue' : 'request', req, res);
}

function timedOut(server, req, res) {
  const heard = req.listenerCount('timeout') > 1 || res.emit('timeout', req.socket);
  if (!server.emit('timeout', req.socket) && !heard) req.socket.destroy();
}

function upgrade(server, req, request) {
  const { encrypted } = req.socket;
  const handle = native.takeOver(request);
  if (handle === undefined) return;
  const { Socket } = load('net');
  const socket = new Socket({ handle, allowHalfOpen: true, pauseOnCreate: true });
  if (encrypted) socket.encrypted = true;
  // It flows when somebody listens, as ever.
  socket._readableState.flowing = null;
  socket.server = server;
  req.socket = socket;
  server.emit('upgrade', req, socket, Buffer.alloc(0));
}
