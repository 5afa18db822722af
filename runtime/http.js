// http: servers that answer HTTP and upgrade WebSocket requests by themselves.
// Names: https://nodejs.org/api/http.html

import { EventEmitter } from 'events';
import { listen, close, setReferenced, clients, tellOpen } from 'ops:http';

const LIMITS = {
  maxPayload: [1, 2 ** 31],
  maxFragments: [1, 2 ** 31],
  maxBackpressure: [1, 2 ** 40],
  pingInterval: [0, 2 ** 31],
  pongTimeout: [0, 2 ** 31],
  idleTimeout: [0, 2 ** 31],
  closeTimeout: [0, 2 ** 31],
  maxConnections: [1, 2 ** 31],
  handshakeTimeout: [1, 2 ** 31],
};
const HTTP_LIMITS = {
  maxBody: [0, 2 ** 31],
  keepAliveTimeout: [1, 2 ** 31],
  requestTimeout: [1, 2 ** 31],
  // These two concern every connection, so they may stand beside `websocket` as well as in it.
  maxConnections: [1, 2 ** 31],
  handshakeTimeout: [1, 2 ** 31],
};
const HOOKS = ['upgrade', 'open', 'message', 'close', 'drain'];

function fail(message, code = 'ERR_INVALID_ARG_TYPE', Kind = TypeError) {
  const error = new Kind(message);
  error.code = code;
  throw error;
}

function show(value) {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

// The known name that a mistyped one probably stands for.
function nearest(name, known) {
  const plain = (text) => text.toLowerCase().replace(/[^a-z]/g, '');
  return known.find((candidate) => plain(candidate) === plain(name)) ??
    known.find((candidate) => plain(candidate).startsWith(plain(name).slice(0, 4)));
}

function checkNames(options, known, where) {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const meant = nearest(name, known);
    fail(`unknown option ${where}.${name}${meant ? `: did you mean ${meant}?` : ''} ` +
      `(known: ${known.join(', ')})`, 'ERR_INVALID_ARG_VALUE');
  }
}

function readLimits(options, ranges, where, into) {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = options[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      fail(`option ${where}.${name} must be a whole number from ${least} to ${most}, ` +
        `not ${show(value)}`, 'ERR_OUT_OF_RANGE', RangeError);
    }
    into[name] = value;
  }
}

function readOrigins(value) {
  if (typeof value === 'function') return '*';
  if (value === undefined || value === 'same-origin' || value === '*') return value;
  if (Array.isArray(value) && value.every((origin) => typeof origin === 'string')) return value;
  return fail("option websocket.allowedOrigins must be 'same-origin', '*', a list of origins " +
    `such as ['https://example.com'] or a function, not ${show(value)}`);
}

function readProtocols(value) {
  if (value === undefined) return [];
  if (typeof value === 'function') return [];
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  return fail('option websocket.protocols must be a list of names or a function, ' +
    `not ${show(value)}`);
}

function isThenable(value) {
  return typeof value?.then === 'function';
}

// Goes on with a value, at once or when its promise settles.
function after(value, next) {
  return isThenable(value) ? value.then(next) : next(value);
}

// The `upgrade` hook together with options that are functions: one hook for the native half. Each
// of them may be async.
function composeUpgrade({ upgrade, protocols, allowedOrigins }) {
  const choose = typeof protocols === 'function' ? protocols : null;
  const allow = typeof allowedOrigins === 'function' ? allowedOrigins : null;
  if (!choose && !allow) return upgrade;
  const finish = (verdict, req, offered) => {
    const accepted = verdict === undefined || verdict === true ||
      (typeof verdict === 'object' && verdict !== null && verdict.status === undefined);
    if (!choose || !accepted || verdict?.protocol !== undefined) return verdict;
    return after(choose(offered, req), (name) => ({ ...verdict, protocol: name ?? '' }));
  };
  return (req, offered) => {
    const { origin } = req.headers;
    const allowed = !allow || origin === undefined ? true : allow(origin, req);
    return after(allowed, (isAllowed) => {
      if (!isAllowed) {
        return { status: 403, body: `origin ${origin} may not open a WebSocket here\n` };
      }
      return after(upgrade?.(req, offered), (verdict) => finish(verdict, req, offered));
    });
  };
}

function readOptions(options) {
  if (options === null || typeof options !== 'object') {
    fail(`createServer takes options and a handler function, not ${show(options)}`);
  }
  checkNames(options, ['websocket', ...Object.keys(HTTP_LIMITS)], 'options');
  const { websocket = {} } = options;
  if (websocket === null || typeof websocket !== 'object') {
    fail(`option websocket must be an object, not ${show(websocket)}`);
  }
  checkNames(
    websocket,
    [...HOOKS, ...Object.keys(LIMITS), 'allowedOrigins', 'protocols', 'perMessageDeflate'],
    'websocket',
  );
  const limits = {};
  readLimits(options, HTTP_LIMITS, 'options', limits);
  readLimits(websocket, LIMITS, 'websocket', limits);
  const hooks = {};
  for (const name of HOOKS) {
    if (websocket[name] === undefined) continue;
    if (typeof websocket[name] !== 'function') {
      fail(`option websocket.${name} must be a function, not ${show(websocket[name])}`);
    }
    hooks[name] = websocket[name];
  }
  hooks.upgrade = composeUpgrade(websocket);
  return {
    limits,
    hooks,
    origins: readOrigins(websocket.allowedOrigins),
    protocols: readProtocols(websocket.protocols),
    perMessageDeflate: websocket.perMessageDeflate,
  };
}

function readPort(value) {
  const port = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535) {
    fail(`port must be a whole number from 0 to 65535, not ${show(value)}`,
      'ERR_SOCKET_BAD_PORT', RangeError);
  }
  return port;
}

// listen(port, host?, backlog?, callback?), listen({port, host, path, backlog}, callback?),
// listen(path, callback?)
function readListen(args) {
  const callback = args.find((argument) => typeof argument === 'function');
  const [first, ...rest] = args.filter((argument) => typeof argument !== 'function');
  if (first === null || first === undefined) return [{ port: 0 }, callback];
  if (typeof first === 'object') {
    const { port, host, path, backlog } = first;
    if (path !== undefined) return [{ path: String(path), backlog }, callback];
    return [{ port: readPort(port ?? 0), host, backlog }, callback];
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) {
    if (!first.includes('/')) readPort(first);
    return [{ path: first }, callback];
  }
  const host = rest.find((argument) => typeof argument === 'string');
  const backlog = rest.find((argument) => typeof argument === 'number');
  return [{ port: readPort(first), host, backlog }, callback];
}

export class Server extends EventEmitter {
  #options;
  #handler;
  #bound = null;
  #closed = null;
  #referenced = true;

  constructor(options, handler) {
    super();
    if (typeof options === 'function') [options, handler] = [{}, options];
    if (handler !== undefined && typeof handler !== 'function') {
      fail(`the handler must be a function, not ${show(handler)}`);
    }
    this.#options = readOptions(options ?? {});
    this.#handler = handler;
    this.on('newListener', (name) => {
      if (name === 'connection' && this.#bound) tellOpen(this.#bound.handle);
    });
  }

  get listening() {
    return this.#bound !== null;
  }

  listen(...args) {
    const [target, callback] = readListen(args);
    if (this.#bound) {
      fail('this server listens already: close it first', 'ERR_SERVER_ALREADY_LISTEN', Error);
    }
    if (callback) this.once('listening', callback);
    const { promise, resolve } = Promise.withResolvers();
    try {
      this.#bound = listen({
        ...this.#options,
        ...target,
        server: this,
        handler: this.#handler,
        tellsOpen: this.listenerCount('connection') > 0,
        // Called once the last connection is gone.
        closed: () => {
          resolve();
          this.emit('close');
        },
      });
    } catch (error) {
      // As in Node: whoever listens for it can still be added after this call.
      process.nextTick(() => this.emit('error', error));
      return this;
    }
    if (!this.#referenced) setReferenced(this.#bound.handle, false);
    this.#closed = promise;
    process.nextTick(() => {
      if (this.#bound) this.emit('listening');
    });
    return this;
  }

  address() {
    if (!this.#bound) return null;
    const { address, port, family, path } = this.#bound;
    return path ?? { address, family, port };
  }

  get clients() {
    return new Set(this.#bound ? clients(this.#bound.handle) : []);
  }

  // Stops listening, ends every connection politely and resolves when the last one is gone.
  close(options, callback) {
    if (typeof options === 'function') [options, callback] = [{}, options];
    const { code = 1001, reason = '' } = options ?? {};
    if (this.#bound) close(this.#bound.handle, code, String(reason));
    if (callback) this.once('close', callback);
    if (!this.#bound) {
      if (callback) process.nextTick(() => this.emit('close'));
      return this.#closed ?? Promise.resolve();
    }
    this.#bound = null;
    return this.#closed;
  }

  ref() {
    this.#referenced = true;
    if (this.#bound) setReferenced(this.#bound.handle, true);
    return this;
  }

  unref() {
    this.#referenced = false;
    if (this.#bound) setReferenced(this.#bound.handle, false);
    return this;
  }

  async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    await this.close();
  }
}

export function createServer(options, handler) {
  return new Server(options, handler);
}

// The short form: a server with this handler, listening on this port.
export function serve(port, handler) {
  if (typeof port === 'function') [port, handler] = [handler ?? 0, port];
  return new Server({}, handler).listen(port);
}

export const METHODS = [
  'CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE',
];

export default { Server, createServer, serve, METHODS };
