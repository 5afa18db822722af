// http.request, http.get and http.Agent, in Node's shape over the client that fetch uses.
// Names: https://nodejs.org/api/http.html#class-httpclientrequest
// Connections are shared by way of the host's pool, not by agents.

import { Buffer } from 'buffer';
import { EventEmitter } from 'events';
import { Writable } from 'internal:stream_writable';
import { start, write, finish, pause, abort, load } from 'ops:internal:http_client';
import { nextTick } from 'ops:process';
import { coded } from 'internal:errors';
import { IncomingMessage } from 'internal:http_incoming';
import { OutgoingMessage } from 'internal:http_outgoing';

export { IncomingMessage, OutgoingMessage };
export { ServerResponse } from 'internal:http_node';

// Options of TLS, which may stand beside the others.
const TLS = [
  'ca', 'cert', 'key', 'minVersion', 'passphrase', 'pfx', 'rejectUnauthorized', 'servername',
];
const DEFAULT_PORTS = { 'http:': 80, 'https:': 443 };

function tlsOf(options) {
  const given = TLS.filter((name) => options?.[name] !== undefined);
  return given.length ? Object.fromEntries(given.map((name) => [name, options[name]])) : undefined;
}

export class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = { ...options };
    this.keepAlive = options.keepAlive ?? true;
    this.defaultPort = 80;
    this.protocol = 'http:';
  }

  // Connections are the host's, and close by themselves when they are idle.
  destroy() {}
}

export class SecureAgent extends Agent {
  constructor(options) {
    super(options);
    this.defaultPort = 443;
    this.protocol = 'https:';
  }
}

export const globalAgent = new Agent();
export const globalSecureAgent = new SecureAgent();

// request(url, options?, callback?) and request(options, callback?) as one object.
function settled(input, options, scheme) {
  if (typeof input === 'string' || input instanceof URL) {
    const url = typeof input === 'string' ? new URL(input) : input;
    const given = {
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      path: url.pathname + url.search,
    };
    if (url.port) given.port = url.port;
    if (url.username || url.password) {
      given.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    }
    return { ...given, ...options };
  }
  const given = { ...input, ...options };
  return { ...given, protocol: given.protocol ?? given.agent?.protocol ?? scheme };
}

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const BAD_PATH = /[^\u0021-\u00ff]/;

/** What a script has given, checked. */
function target(given, scheme) {
  if (!DEFAULT_PORTS[given.protocol] || given.protocol !== scheme) {
    const hint = given.protocol === 'https:' ? ': use https.request' : '';
    throw coded(TypeError, 'ERR_INVALID_PROTOCOL',
      `Protocol "${given.protocol}" not supported. Expected "${scheme}"${hint}`);
  }
  const method = given.method ?? 'GET';
  if (typeof method !== 'string' || !TOKEN.test(method)) {
    throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
  }
  const path = given.path || '/';
  if (BAD_PATH.test(path)) {
    throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  }
  const host = given.hostname ?? given.host ?? 'localhost';
  const port = Number(given.port || DEFAULT_PORTS[given.protocol]);
  const name = host.includes(':') ? `[${host}]` : host;
  return { method: method.toUpperCase(), path, host, port, name };
}

export function ClientRequest(input, options, callback, scheme = 'http:') {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  OutgoingMessage.call(this, { autoDestroy: false });
  const given = settled(input, options, scheme);
  const { method, path, host, port, name } = target(given, scheme);
  const agent = given.agent === false ? { keepAlive: false } : given.agent;
  const tls = { ...tlsOf(agent?.options), ...tlsOf(given), ...given.tls };
  Object.assign(this, {
    method, path, host, protocol: given.protocol, agent: given.agent, res: null, reusedSocket: false,
    maxHeadersCount: null, timeout: given.timeout, _handle: null, _over: false, _timer: null, _wait: 0,
    _writing: null, _open: false, _held: false, _socketHandle: null,
    _url: `${given.protocol}//${name}:${port}/`,
    _isLast: agent?.keepAlive === false,
    _way: {
      unix: given.socketPath ?? agent?.options?.socketPath,
      localAddress: given.localAddress ?? agent?.options?.localAddress,
      proxy: given.proxy ?? agent?.options?.proxy,
      ...(Object.keys(tls).length && { tls }),
      timeouts: { headers: 0, body: 0 },
    },
  });
  this._create = typeof given.createConnection === 'function'
    ? (begin) => load('internal:net_connect').connectFor(
      this, given.createConnection, { ...given, host, port }, begin,
    ) : null;
  if (given.headers) this._addFields(definedOnly(given.headers));
  if (given.setHost !== false && !this.hasHeader('host')) {
    this.setHeader('Host', port === DEFAULT_PORTS[this.protocol] ? name : `${name}:${port}`);
  }
  if (given.auth && !this.hasHeader('authorization')) {
    this.setHeader('Authorization', `Basic ${Buffer.from(given.auth).toString('base64')}`);
  }
  if (this._isLast && !this.hasHeader('connection')) this.setHeader('Connection', 'close');
  if (callback) this.once('response', callback);
  if (given.timeout !== undefined) this.setTimeout(given.timeout);
  const { signal } = given;
  if (signal?.aborted) abortBy(this, signal);
  else signal?.addEventListener('abort', () => abortBy(this, signal), { once: true });
}

Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);
const proto = ClientRequest.prototype;

function definedOnly(headers) {
  if (Array.isArray(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function abortBy(req, signal) {
  req.destroy(load('internal:error_texts').abortError(signal));
}

/** Whether the server may agree to another protocol. */
function upgrades(req) {
  return req.method === 'CONNECT' || req.hasHeader('upgrade');
}

function begin(req, spec) {
  if (req._gone) return;
  req._handle = start(spec, (...news) => told(req, ...news));
  // All of the body may have come while the connection was made.
  if (spec.body === true && req.writableFinished) finish(req._handle);
}

/** Sends the head: with the body, or for one that comes bit by bit. */
function send(req, body) {
  req.headersSent = true;
  const spec = {
    url: req._url,
    target: req.path,
    method: req.method,
    headers: req._flatFields(),
    body,
    length: req._length(),
    isLast: req._isLast || /\bclose\b/i.test(req.getHeader('connection') ?? ''),
    upgrades: upgrades(req),
    way: req._way,
  };
  try {
    if (req._create !== null) req._create((socket) => begin(req, { ...spec, socket }));
    else begin(req, spec);
    if (req.listenerCount('socket') > 0) nextTick(() => req.emit('socket', req.socket));
  } catch (error) {
    nextTick(() => req.destroy(error));
  }
}

const TELLS = {
  read(res) {
    const { req } = res;
    if (!req._held) return;
    req._held = false;
    if (req._handle) pause(req._handle, false);
  },
  end(res, error) {
    if (!res.complete) res.req.destroy(error);
  },
};

function respond(req, [statusCode, statusMessage, rawHeaders, httpVersion]) {
  const res = new IncomingMessage(() => req.socket, TELLS);
  Object.assign(res, { req, statusCode, statusMessage, rawHeaders, httpVersion });
  req.res = res;
  return res;
}

function told(req, kind, first, ...rest) {
  touch(req);
  switch (kind) {
    case 'data':
      if (!req.res.push(first)) {
        req._held = true;
        pause(req._handle, true);
      }
      break;
    case 'drain': {
      const done = req._writing;
      req._writing = null;
      req._open = true;
      done?.();
      break;
    }
    case 'response': {
      const res = respond(req, [first, ...rest]);
      // Whatever nobody wants is thrown away.
      if (!req.emit('response', res)) res.resume();
      break;
    }
    case 'information':
      if (first === 100) req.emit('continue');
      req.emit('information', {
        statusCode: first, statusMessage: rest[0], rawHeaders: rest[1], httpVersion: rest[2],
      });
      break;
    case 'socket':
      req._socketHandle = first;
      break;
    case 'upgrade':
      load('internal:net_connect').upgrade(req, respond(req, [first, ...rest]));
      break;
    case 'end':
      clearTimeout(req._timer);
      req._wait = 0;
      req.res.once('close', () => over(req));
      req.res._end();
      break;
    default:
      fail(req, first);
  }
}

proto.flushHeaders = function flushHeaders() {
  if (!this.headersSent && !this.destroyed) send(this, true);
};

proto._write = function _write(chunk, encoding, callback) {
  if (!this.headersSent) send(this, true);
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  const put = () => {
    if (bytes.length === 0 || !this._handle || write(this._handle, bytes)) {
      callback();
      return;
    }
    this._open = false;
    this._writing = callback;
  };
  if (this._open) put();
  else this._writing = put;
};

proto.end = function end(chunk, encoding, callback) {
  let [given, form, done] = [chunk, encoding, callback];
  if (typeof given === 'function') [given, form, done] = [undefined, undefined, given];
  else if (typeof form === 'function') [form, done] = [undefined, form];
  const isBody = typeof given === 'string' || given instanceof Uint8Array;
  if (isBody && !this.headersSent && !this.writableEnded && this.writableLength === 0) {
    this._whole = typeof given === 'string' ? Buffer.from(given, form) : given;
    given = undefined;
  }
  Writable.prototype.end.call(this, given, form, done);
  return this;
};

proto._final = function _final(callback) {
  if (!this.headersSent) send(this, this._whole);
  else if (this._handle) finish(this._handle);
  callback();
};

// The request is over with its response, not with its last byte.
proto.destroy = function destroyRequest(error) {
  if (this._gone) return this;
  this._gone = true;
  if (this._handle) abort(this._handle);
  const hungUp = () => coded(Error, 'ECONNRESET', 'socket hang up');
  const reason = error ?? (this.res || this._over ? undefined : hungUp());
  if (!this._over) nextTick(() => fail(this, reason));
  this._writableState.destroyed = true;
  return this;
};

function fail(req, error) {
  if (req._over) return;
  req._gone = true;
  req._writableState.destroyed = true;
  if (req.res) req.res.destroy(error ?? coded(Error, 'ECONNRESET', 'aborted'));
  else if (error) req.emit('error', error);
  over(req);
}

function over(req) {
  if (req._over) return;
  req._over = true;
  touch(req);
  nextTick(() => {
    req._writableState.destroyed = true;
    req._writableState.closed = true;
    req.emit('close');
  });
}

/** What there is of a connection that the host shares: enough to wait, and to give up. */
class Connection extends EventEmitter {
  #req;

  constructor(req) {
    super();
    this.#req = req;
    this.connecting = false;
    this.encrypted = req.protocol === 'https:';
    req.once('close', () => this.emit('close', false));
  }

  get destroyed() { return this.#req.destroyed; }

  get readable() { return !this.destroyed; }

  get writable() { return !this.destroyed; }

  setTimeout(milliseconds, callback) {
    this.#req.setTimeout(milliseconds, callback);
    return this;
  }

  setNoDelay() { return this; }

  setKeepAlive() { return this; }

  ref() { return this; }

  unref() { return this; }

  destroy(error) {
    this.#req.destroy(error);
    return this;
  }
}

function touch(req) {
  clearTimeout(req._timer);
  req._timer = null;
  if (req._wait > 0 && !req._over) {
    req._timer = setTimeout(() => req.emit('timeout'), req._wait);
  }
}

proto.setTimeout = function setRequestTimeout(milliseconds, callback) {
  this._wait = Number(milliseconds);
  if (callback) this.once('timeout', callback);
  touch(this);
  return this;
};

proto.abort = function abortRequest() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit('abort'));
  this.destroy();
};

proto.setNoDelay = () => {};
proto.setSocketKeepAlive = () => {};

Object.defineProperty(proto, 'socket', {
  configurable: true,
  get() {
    if (this._socket === undefined && this.headersSent) this._socket = new Connection(this);
    return this._socket ?? null;
  },
  set(socket) {
    this._socket = socket;
  },
});

export function request(input, options, callback) {
  return new ClientRequest(input, options, callback);
}

export function get(input, options, callback) {
  return request(input, options, callback).end();
}

export function secureRequest(input, options, callback) {
  return new ClientRequest(input, options, callback, 'https:');
}

export function secureGet(input, options, callback) {
  return secureRequest(input, options, callback).end();
}
