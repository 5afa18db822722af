// IncomingMessage: a request that a server got, or the response to one that a client has sent; a
// Readable with fields in front.
//
// Spec: https://nodejs.org/api/http.html#class-httpincomingmessage

import { Readable } from 'internal:stream_readable';

const kHeaders = Symbol('headers');

// Of these only the first counts, as in Node.
const ONCE = [
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
];

function joined(raw) {
  const headers = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at].toLowerCase();
    // What every object has is no field, and this one no field can be.
    if (name === '__proto__') continue;
    const known = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (name === 'set-cookie') (headers[name] ??= []).push(raw[at + 1]);
    else if (known === undefined) headers[name] = raw[at + 1];
    else if (!ONCE.includes(name)) headers[name] = `${known}${name === 'cookie' ? '; ' : ', '}${raw[at + 1]}`;
  }
  return headers;
}

function distinct(raw) {
  const headers = Object.create(null);
  for (let at = 0; at < raw.length; at += 2) {
    (headers[raw[at].toLowerCase()] ??= []).push(raw[at + 1]);
  }
  return headers;
}

/** `way` is where the bytes come from: `read(message)`, and `end(message, error)`. */
export function IncomingMessage(socket, way) {
  if (!(this instanceof IncomingMessage)) return new IncomingMessage(socket, way);
  Readable.call(this, {});
  this._way = way;
  this._socket = socket ?? null;
  this.httpVersion = '1.1';
  this.complete = false;
  this.rawHeaders = [];
  this.rawTrailers = [];
  this.aborted = false;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
}

Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);
const proto = IncomingMessage.prototype;

proto._read = function _read() {
  if (this._way === undefined) this.push(null);
  else this._way.read(this);
};

proto._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  this._way?.end(this, error);
  // Nobody has to listen for what is no fault of this side.
  const isHeard = error?.code !== 'ECONNRESET' || this.listenerCount('error') > 0;
  callback(isHeard ? error : null);
};

/** All of it has come. */
proto._end = function end() {
  this.complete = true;
  this.push(null);
};

proto.setTimeout = function setTimeout(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  const owner = this.req ?? this.socket;
  owner?.setTimeout(milliseconds, () => this.emit('timeout'));
  return this;
};

const lazy = {
  headers: (message) => joined(message.rawHeaders),
  headersDistinct: (message) => distinct(message.rawHeaders),
  trailers: (message) => joined(message.rawTrailers),
  trailersDistinct: (message) => distinct(message.rawTrailers),
};

for (const [name, make] of Object.entries(lazy)) {
  Object.defineProperty(proto, name, {
    configurable: true,
    enumerable: true,
    get() {
      this[kHeaders] ??= {};
      this[kHeaders][name] ??= make(this);
      return this[kHeaders][name];
    },
    set(value) {
      this[kHeaders] ??= {};
      this[kHeaders][name] = value;
    },
  });
}

Object.defineProperties(proto, {
  socket: {
    configurable: true,
    get() {
      if (typeof this._socket === 'function') this._socket = this._socket();
      return this._socket;
    },
    set(value) {
      this._socket = value;
    },
  },
  connection: {
    configurable: true,
    get() {
      return this.socket;
    },
    set(value) {
      this.socket = value;
    },
  },
  httpVersionMajor: { configurable: true, get() { return Number(this.httpVersion.split('.')[0]); } },
  httpVersionMinor: { configurable: true, get() { return Number(this.httpVersion.split('.')[1]); } },
});
