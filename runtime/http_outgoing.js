// OutgoingMessage: what a reply of a server and a request of a client have in common, a Writable with
// fields in front.
//
// Spec: https://nodejs.org/api/http.html#class-httpoutgoingmessage

import { Writable } from 'internal:stream_writable';
import { coded, wrongType } from 'internal:errors';
import { load } from 'ops:internal:http_outgoing';

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
// Other characters are no bytes, or end a line early.
const NO_CONTENT = /[^\t\x20-\x7e\x80-\xff]/;
export const kFields = Symbol('fields');

export function validateHeaderName(name, label = 'Header name') {
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${name}"]`);
  }
}

export function validateHeaderValue(name, value) {
  if (value === undefined) {
    throw coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  }
  if (NO_CONTENT.test(value)) {
    throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
}

export function OutgoingMessage(options) {
  if (!(this instanceof OutgoingMessage)) return new OutgoingMessage(options);
  Writable.call(this, { ...options, decodeStrings: false });
  this[kFields] = new Map();
  this.headersSent = false;
  this.sendDate = true;
  this.strictContentLength = false;
  this.aborted = false;
}

Object.setPrototypeOf(OutgoingMessage.prototype, Writable.prototype);
Object.setPrototypeOf(OutgoingMessage, Writable);
const proto = OutgoingMessage.prototype;

function checkUnsent(message, what) {
  if (message.headersSent) {
    throw coded(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
  }
}

function keyOf(name) {
  if (typeof name !== 'string') throw wrongType('name', 'of type string', name);
  return name.toLowerCase();
}

proto.setHeader = function setHeader(name, value) {
  checkUnsent(this, 'set');
  validateHeaderName(name);
  for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, one);
  this[kFields].set(name.toLowerCase(), [name, value]);
  return this;
};

proto.appendHeader = function appendHeader(name, value) {
  const before = this.getHeader(name);
  return this.setHeader(name, before === undefined ? value : [before, value].flat());
};

proto.setHeaders = function setHeaders(headers) {
  checkUnsent(this, 'set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function'
    || typeof headers.get !== 'function') {
    throw wrongType('headers', 'an instance of Headers or Map', headers);
  }
  for (const [name, value] of headers) {
    if (name === 'set-cookie') this.appendHeader(name, value);
    else this.setHeader(name, value);
  }
  return this;
};

proto.getHeader = function getHeader(name) {
  return this[kFields].get(keyOf(name))?.[1];
};

proto.hasHeader = function hasHeader(name) {
  return this[kFields].has(keyOf(name));
};

proto.removeHeader = function removeHeader(name) {
  const key = keyOf(name);
  checkUnsent(this, 'remove');
  this[kFields].delete(key);
  if (key === 'date') this.sendDate = false;
};

proto.getHeaderNames = function getHeaderNames() {
  return [...this[kFields].keys()];
};

proto.getRawHeaderNames = function getRawHeaderNames() {
  return Array.from(this[kFields].values(), ([name]) => name);
};

proto.getHeaders = function getHeaders() {
  const all = Object.create(null);
  for (const [key, [, value]] of this[kFields]) all[key] = value;
  return all;
};

/** Fields of an object, a flat array, or an array of pairs. */
proto._addFields = function addFields(headers) {
  if (Array.isArray(headers) && !Array.isArray(headers[0])) {
    if (headers.length % 2 !== 0) {
      throw load('internal:errors').wrongValue('headers', headers);
    }
    const seen = new Set();
    for (let at = 0; at < headers.length; at += 2) {
      const key = String(headers[at]).toLowerCase();
      if (seen.has(key)) this.appendHeader(headers[at], headers[at + 1]);
      else this.setHeader(headers[at], headers[at + 1]);
      seen.add(key);
    }
    return;
  }
  for (const [name, value] of Array.isArray(headers) ? headers : Object.entries(headers)) {
    this.setHeader(name, value);
  }
};

/** Names and values in turn, as natives take them. */
proto._flatFields = function flatFields() {
  const flat = [];
  for (const [name, value] of this[kFields].values()) {
    if (!Array.isArray(value)) flat.push(name, String(value));
    else if (name.toLowerCase() === 'cookie') flat.push(name, value.join('; '));
    else for (const one of value) flat.push(name, String(one));
  }
  return flat;
};

proto._length = function length() {
  const given = this.getHeader('content-length');
  return given === undefined ? undefined : Number(given);
};

proto.flushHeaders = function flushHeaders() {};

proto.addTrailers = function addTrailers(headers) {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  this._trailers ??= [];
  for (const [name, value] of pairs) {
    validateHeaderName(name, 'Trailer name');
    if (NO_CONTENT.test(value)) {
      throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in trailer content ["${name}"]`);
    }
    this._trailers.push(name, String(value));
  }
};

proto.setTimeout = function setTimeout(milliseconds, callback) {
  if (callback) this.on('timeout', callback);
  this.socket?.setTimeout(milliseconds, () => this.emit('timeout'));
  return this;
};

Object.defineProperties(proto, {
  // Middleware of npm asks for these before it sends a head.
  _header: {
    configurable: true,
    get() {
      return this.headersSent ? 'HTTP/1.1' : null;
    },
  },
  _headerSent: {
    configurable: true,
    get() {
      return this.headersSent;
    },
  },
  finished: {
    configurable: true,
    get() {
      return this.writableEnded;
    },
  },
  connection: {
    configurable: true,
    get() {
      return this.socket;
    },
  },
});
