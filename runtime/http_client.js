// http.request, http.get and http.Agent, in Node's shape over the client that fetch uses.
// Names: https://nodejs.org/api/http.html#class-httpclientrequest
// `socket` and `upgrade` are not there; sockets are shared by way of the host's pool, not by agents.

import { EventEmitter } from 'events';
import { start, write, finish, pause, abort } from 'ops:internal:http_client';
import { nextTick } from 'ops:process';
import { coded, wrongType } from 'internal:errors';
import { IncomingMessage } from 'internal:http_incoming';

export { IncomingMessage };

// Options of TLS, which may stand beside the others.
const TLS = [
  'ca', 'cert', 'key', 'minVersion', 'passphrase', 'pfx', 'rejectUnauthorized', 'servername',
];
const DEFAULT_PORTS = { 'http:': 80, 'https:': 443 };
const encoder = new TextEncoder();

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

function bytesOf(chunk, encoding = 'utf8') {
  if (typeof chunk !== 'string') {
    if (ArrayBuffer.isView(chunk)) return chunk;
    throw wrongType('chunk', 'of type string or an instance of Uint8Array', chunk);
  }
  const name = encoding.toLowerCase();
  if (name === 'utf8' || name === 'utf-8') return encoder.encode(chunk);
  if (name === 'latin1' || name === 'binary' || name === 'ascii') {
    return Uint8Array.from(chunk, (character) => character.charCodeAt(0) & 255);
  }
  throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
}

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
  return { protocol: input?.agent?.protocol ?? scheme, ...input, ...options };
}

export class ClientRequest extends EventEmitter {
  #headers = new Map();
  #handle = null;
  #way;
  #url;
  #held = [];
  #isLast;
  #timer = null;
  #wait = 0;
  #res = null;
  #over = false;

  method;
  path;
  host;
  protocol;
  destroyed = false;
  aborted = false;
  headersSent = false;
  writableEnded = false;
  finished = false;

  constructor(input, options, callback, scheme = 'http:') {
    super();
    if (typeof options === 'function') [options, callback] = [undefined, options];
    const given = settled(input, options, scheme);
    if (!DEFAULT_PORTS[given.protocol] || (scheme === 'https:' && given.protocol !== scheme)) {
      const expected = scheme === 'https:' ? '"https:"' : '"http:"';
      throw coded(
        TypeError, 'ERR_INVALID_PROTOCOL',
        `Protocol "${given.protocol}" not supported. Expected ${expected}`,
      );
    }
    if (scheme === 'http:' && given.protocol !== scheme) {
      throw coded(
        TypeError, 'ERR_INVALID_PROTOCOL',
        `Protocol "${given.protocol}" not supported. Expected "http:": use https.request`,
      );
    }
    this.protocol = given.protocol;
    this.method = String(given.method ?? 'GET').toUpperCase();
    if (this.method === 'CONNECT') {
      throw coded(
        Error, 'ERR_METHOD_NOT_SUPPORTED',
        'http.request opens no tunnels: give fetch or http.request the option proxy',
      );
    }
    this.path = given.path ?? '/';
    this.host = given.hostname ?? given.host ?? 'localhost';
    const port = Number(given.port ?? DEFAULT_PORTS[this.protocol]);
    const name = this.host.includes(':') ? `[${this.host}]` : this.host;
    const authority = port === DEFAULT_PORTS[this.protocol] ? name : `${name}:${port}`;
    this.#url = `${this.protocol}//${name}:${port}/`;
    const agent = given.agent === false ? { keepAlive: false } : given.agent;
    const tls = { ...tlsOf(agent?.options), ...tlsOf(given), ...given.tls };
    const proxy = given.proxy ?? agent?.options?.proxy;
    this.#way = {
      unix: given.socketPath ?? agent?.options?.socketPath,
      localAddress: given.localAddress ?? agent?.options?.localAddress,
      proxy,
      ...(Object.keys(tls).length && { tls }),
      timeouts: { headers: 0, body: 0 },
    };
    this.#isLast = agent?.keepAlive === false;
    const headers = given.headers ?? {};
    const pairs = Array.isArray(headers) && !Array.isArray(headers[0])
      ? headers.flatMap((_, at) => (at % 2 ? [] : [[headers[at], headers[at + 1]]]))
      : Array.isArray(headers) ? headers : Object.entries(headers);
    for (const [key, value] of pairs) {
      if (value !== undefined) this.setHeader(key, value);
    }
    if (given.setHost !== false && !this.hasHeader('host')) this.setHeader('Host', authority);
    if (given.auth && !this.hasHeader('authorization')) {
      const auth = Array.from(encoder.encode(given.auth), (byte) => String.fromCharCode(byte));
      this.setHeader('Authorization', `Basic ${btoa(auth.join(''))}`);
    }
    if (this.#isLast && !this.hasHeader('connection')) this.setHeader('Connection', 'close');
    if (callback) this.once('response', callback);
    if (given.timeout !== undefined) this.setTimeout(given.timeout);
    const { signal } = given;
    if (signal?.aborted) this.#abortBy(signal);
    else signal?.addEventListener('abort', () => this.#abortBy(signal), { once: true });
  }

  #abortBy(signal) {
    const error = coded(Error, 'ABORT_ERR', 'The operation was aborted');
    error.name = 'AbortError';
    error.cause = signal.reason;
    this.destroy(error);
  }

  setHeader(name, value) {
    if (this.headersSent) {
      throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent');
    }
    this.#headers.set(String(name).toLowerCase(), [String(name), value]);
    return this;
  }

  getHeader(name) {
    return this.#headers.get(String(name).toLowerCase())?.[1];
  }

  hasHeader(name) {
    return this.#headers.has(String(name).toLowerCase());
  }

  removeHeader(name) {
    this.#headers.delete(String(name).toLowerCase());
  }

  getHeaderNames() {
    return [...this.#headers.keys()];
  }

  getHeaders() {
    const all = Object.create(null);
    for (const [name, [, value]] of this.#headers) all[name] = value;
    return all;
  }

  flushHeaders() {
    if (!this.headersSent && !this.destroyed) this.#start(true);
  }

  setNoDelay() {}

  setSocketKeepAlive() {}

  get reusedSocket() {
    return false;
  }

  setTimeout(milliseconds, callback) {
    this.#wait = Number(milliseconds);
    if (callback) this.once('timeout', callback);
    this.#touch();
    return this;
  }

  #touch() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#wait > 0 && !this.#over) {
      this.#timer = setTimeout(() => this.emit('timeout'), this.#wait);
    }
  }

  // Sends the head, with the body as a whole or as a stream.
  #start(body) {
    this.headersSent = true;
    const length = this.getHeader('content-length');
    const headers = [];
    for (const [name, value] of this.#headers.values()) {
      for (const one of Array.isArray(value) ? value : [value]) headers.push(name, String(one));
    }
    const spec = {
      url: this.#url,
      target: this.path,
      method: this.method,
      headers,
      body,
      length: length === undefined ? undefined : Number(length),
      isLast: this.#isLast || /\bclose\b/i.test(this.getHeader('connection') ?? ''),
      way: this.#way,
    };
    try {
      this.#handle = start(spec, (...news) => this.#told(...news));
    } catch (error) {
      nextTick(() => this.destroy(error));
    }
  }

  #told(kind, first, ...rest) {
    this.#touch();
    if (kind === 'data') {
      if (this.#res.push(first)) pause(this.#handle, true);
    } else if (kind === 'drain') {
      this.#send();
    } else if (kind === 'response') {
      const handle = this.#handle;
      this.#res = new IncomingMessage(this, [first, ...rest], (paused) => pause(handle, paused));
      this.res = this.#res;
      // Whatever nobody wants is thrown away.
      if (!this.emit('response', this.#res)) this.#res.resume();
    } else if (kind === 'information') {
      if (first === 100) this.emit('continue');
      this.emit('information', { statusCode: first, statusMessage: rest[0], rawHeaders: rest[1] });
    } else if (kind === 'end') {
      this.#finish();
      this.#res.push(null);
    } else {
      this.#fail(first);
    }
  }

  // Hands on what has waited for the server.
  #send() {
    const handle = this.#handle;
    this.#isOpen = true;
    while (this.#isOpen && this.#held.length > 0) {
      const [chunk, callback] = this.#held.shift();
      this.#isOpen = chunk.length === 0 || write(handle, chunk);
      if (callback) nextTick(callback);
    }
    if (this.#held.length > 0) return;
    if (this.writableEnded) {
      if (!this.finished) this.#ended(handle);
    } else if (this.#needsDrain) {
      this.#needsDrain = false;
      this.emit('drain');
    }
  }

  #isOpen = false;
  #needsDrain = false;

  #ended(handle) {
    if (handle) finish(handle);
    this.finished = true;
    nextTick(() => this.emit('finish'));
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (this.writableEnded) {
      const error = coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      nextTick(() => this.destroy(error));
      return false;
    }
    const bytes = bytesOf(chunk, encoding);
    if (this.destroyed) return false;
    if (!this.headersSent) this.#start(true);
    this.#held.push([bytes, callback]);
    if (this.#isOpen) this.#send();
    this.#needsDrain = !this.#isOpen;
    return this.#isOpen;
  }

  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [chunk, callback] = [undefined, chunk];
    if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (callback) this.once('finish', callback);
    if (this.writableEnded || this.destroyed) return this;
    const bytes = chunk === undefined || chunk === null ? undefined : bytesOf(chunk, encoding);
    if (!this.headersSent) {
      this.writableEnded = true;
      this.#start(bytes);
      this.#ended(null);
      return this;
    }
    if (bytes) this.#held.push([bytes]);
    this.writableEnded = true;
    if (this.#isOpen) this.#send();
    return this;
  }

  abort() {
    if (this.aborted) return;
    this.aborted = true;
    nextTick(() => this.emit('abort'));
    this.destroy();
  }

  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    if (this.#handle) abort(this.#handle);
    if (this.#over) return this;
    const hungUp = () => coded(Error, 'ECONNRESET', 'socket hang up');
    const reason = error ?? (this.#res ? undefined : hungUp());
    nextTick(() => this.#fail(reason));
    return this;
  }

  #fail(error) {
    if (this.#over) return;
    this.destroyed = true;
    if (this.#res) this.#res.fail(error ?? coded(Error, 'ECONNRESET', 'aborted'));
    else if (error) this.emit('error', error);
    this.#finish();
  }

  #finish() {
    if (this.#over) return;
    this.#over = true;
    this.#touch();
    nextTick(() => this.emit('close'));
  }
}

export function request(input, options, callback) {
  return new ClientRequest(input, options, callback, 'http:');
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
