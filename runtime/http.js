// http: servers that answer HTTP and upgrade WebSocket requests by themselves.
// Names: https://nodejs.org/api/http.html

import { EventEmitter } from 'events';
import {
  load, defineRoutes, readSettings, hubOf, readTarget, listen, close, setReferenced,
  setSecureContext, refused, tellOpen, request, get, clientClasses, methods, statusCodes,
} from 'ops:http';
import { nextTick } from 'ops:process';

// The events that come; others are a script's own, or a mistake.
const EVENTS = ['listening', 'connection', 'close', 'error', 'newListener', 'removeListener'];

export class Server extends EventEmitter {
  #settings;
  // Where it listens.
  #bound = null;
  // The handle of the last time that it listened: its connections may outlast that.
  #latest = null;
  #closed = null;
  #referenced = true;
  #hub;
  #clients;

  constructor(options, handler) {
    super();
    if (typeof options === 'function') [options, handler] = [{}, options];
    // Node's shape, `(req, res)`, has a half of its own.
    if (handler?.length > 1) return load('internal:http_node_server').equip(this, options, handler);
    this.#settings = readSettings(options, handler);
    this.#hub = options?.hub ?? null;
    this.on('newListener', (name) => {
      if (EVENTS.includes(name)) return;
      load('internal:http_mistakes').checkEvent(name, handler, this, options, this.#bound);
    });
    this.on('newListener', (name) => {
      if (name === 'connection' && this.#bound) tellOpen(this.#bound.handle);
    });
  }

  get listening() {
    return this.#bound !== null;
  }

  // listen(port, host?, backlog?, callback?), listen({port, host, path, backlog}, callback?),
  // listen(path, callback?)
  listen(...args) {
    const callback = args.find((argument) => typeof argument === 'function');
    const target = readTarget(...args.filter((argument) => typeof argument !== 'function'));
    if (this.#bound) {
      const error = new Error('this server listens already: close it first');
      error.code = 'ERR_SERVER_ALREADY_LISTEN';
      throw error;
    }
    if (callback) this.once('listening', callback);
    const { promise, resolve } = Promise.withResolvers();
    try {
      this.#bound = listen({
        server: this,
        settings: this.#settings,
        target,
        tellsOpen: this.listenerCount('connection') > 0,
        // Called once the last connection is gone.
        closed: () => {
          resolve();
          this.emit('close');
        },
      });
    } catch (error) {
      // As in Node: whoever listens for it can still be added after this call.
      nextTick(() => this.emit('error', error));
      return this;
    }
    this.#latest = this.#bound.handle;
    if (!this.#referenced) setReferenced(this.#latest, false);
    this.#closed = promise;
    nextTick(() => {
      if (this.#bound) this.emit('listening');
    });
    return this;
  }

  address() {
    if (!this.#bound) return null;
    const { address, port, family, path } = this.#bound;
    if (port === undefined && path === undefined) return null;
    return path ?? { address, family, port };
  }

  // Its open WebSockets.
  get clients() {
    this.#clients ??= new (load('internal:http_clients').Clients)(() => this.#latest);
    return this.#clients;
  }

  // How many connections were refused, by the option that refused them.
  get refused() {
    return refused(this.#latest);
  }

  // The rooms of its WebSockets.
  get hub() {
    this.#hub ??= hubOf(this.#settings, load('krandog:hub').Hub.prototype);
    return this.#hub;
  }

  // Stops listening, ends every connection politely and resolves when the last one is gone.
  close(options, callback) {
    if (typeof options === 'function') [options, callback] = [{}, options];
    close(this.#bound?.handle, options);
    if (callback) this.once('close', callback);
    if (!this.#bound) {
      if (callback) nextTick(() => this.emit('close'));
      return this.#closed ?? Promise.resolve();
    }
    this.#bound = null;
    return this.#closed;
  }

  // Another certificate, from the next connection on. What is not given stays as it is.
  setSecureContext(options) {
    setSecureContext(this.#settings, options, this.#bound?.handle);
  }

  // Routes that say whether the program lives, and whether it is to get requests.
  health(options) {
    load('internal:http_health').addHealth(this, options);
    return this;
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

  static {
    // What natives that add routes see of a server.
    defineRoutes(this.prototype, (server) => [server.#settings, server.#bound?.handle]);
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
  if (typeof handler !== 'function') throw load('internal:http_mistakes').notServed(port, handler);
  return new Server({}, handler).listen(port);
}

export const METHODS = methods();
export const STATUS_CODES = statusCodes();
export const maxHeaderSize = 16384;
export const validateHeaderName = (...given) => load('internal:http_outgoing').validateHeaderName(...given);
export const validateHeaderValue = (...given) => load('internal:http_outgoing').validateHeaderValue(...given);

// The client half, which is loaded when something of it is used.
export const {
  Agent, ClientRequest, IncomingMessage, OutgoingMessage, ServerResponse,
} = clientClasses();
export { request, get };

export default {
  Server, createServer, serve, METHODS, STATUS_CODES, request, get, Agent, ClientRequest,
  IncomingMessage, OutgoingMessage, ServerResponse, maxHeaderSize,
  validateHeaderName, validateHeaderValue,
  get globalAgent() {
    return load('internal:http_client').globalAgent;
  },
};
