// What a server of Node's shape has beyond others: its own way to listen and to close, and settings
// that are properties.
//
// Spec: https://nodejs.org/api/http.html#class-httpserver

import { dispatch } from 'internal:http_node';
import { coded, wrongValue } from 'internal:errors';
import * as native from 'ops:internal:http_node_server';
import { nextTick } from 'ops:process';

// As Node has them.
const DEFAULTS = { headersTimeout: 60_000, requestTimeout: 300_000, keepAliveTimeout: 5_000 };
const LONGEST = 2 ** 31 - 1;
const UNSUPPORTED = ['SNICallback', 'insecureHTTPParser', 'ALPNCallback', 'pskCallback'];

/** The events that make a server one of this shape. */
export const NODE_EVENTS = [
  'request', 'upgrade', 'connect', 'clientError', 'checkContinue', 'checkExpectation', 'dropRequest',
];

function settingsOf(server, state) {
  const { tls, maxConnections } = state.options;
  const unless0 = (time) => (time > 0 ? Math.min(time, LONGEST) : LONGEST);
  return native.readSettings({
    body: 'stream',
    handshakeTimeout: unless0(server.headersTimeout),
    requestTimeout: unless0(server.requestTimeout),
    keepAliveTimeout: unless0(server.keepAliveTimeout),
    ...(maxConnections > 0 && { maxConnections }),
    ...(tls !== undefined && { tls }),
  });
}

/** Gives a server this shape, be it that it listens already. */
export function equip(server, options, handler, bound) {
  const state = { options: { ...options }, bound, timeout: 0, referenced: true };
  for (const name of UNSUPPORTED) {
    if (options?.[name]) throw wrongValue(`options.${name}`, options[name], 'is not supported');
  }
  for (const [name, value] of Object.entries(DEFAULTS)) server[name] = options?.[name] ?? value;
  Object.assign(server, { maxHeadersCount: null, maxRequestsPerSocket: 0, timeout: 0 });
  const tell = (request, hasBody) => dispatch(server, state, request, hasBody);
  const closed = () => server.emit('close');
  if (bound) native.convert(bound.handle, tell);

  const methods = {
    listen(...given) {
      const listener = given.find((value) => typeof value === 'function');
      const target = native.readTarget(...given.filter((value) => typeof value !== 'function'));
      if (state.bound) {
        throw coded(Error, 'ERR_SERVER_ALREADY_LISTEN',
          'Listen method has been called more than once without closing.');
      }
      if (listener) server.once('listening', listener);
      try {
        state.bound = native.listen({
          settings: settingsOf(server, state), target, dispatch: tell, closed,
        });
      } catch (error) {
        nextTick(() => server.emit('error', error));
        return server;
      }
      if (!state.referenced) native.setReferenced(state.bound.handle, false);
      const now = state.bound;
      nextTick(() => {
        if (state.bound === now) server.emit('listening');
      });
      return server;
    },
    address() {
      if (!state.bound) return null;
      const { address, port, family, path } = state.bound;
      return path ?? { address, family, port };
    },
    close(callback) {
      if (!state.bound) {
        if (callback) {
          nextTick(callback, coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
        }
        return server;
      }
      if (callback) server.once('close', callback);
      const { handle } = state.bound;
      state.bound = null;
      state.latest = handle;
      native.close(handle);
      return server;
    },
    closeAllConnections() {
      const handle = state.bound?.handle ?? state.latest;
      if (handle) native.closeConnections(handle, true);
    },
    closeIdleConnections() {
      const handle = state.bound?.handle ?? state.latest;
      if (handle) native.closeConnections(handle, false);
    },
    setTimeout(milliseconds, callback) {
      if (typeof milliseconds === 'function') return this.setTimeout(0, milliseconds);
      [server.timeout, state.timeout] = [milliseconds, milliseconds];
      if (callback) server.on('timeout', callback);
      return server;
    },
    ref() {
      state.referenced = true;
      if (state.bound) native.setReferenced(state.bound.handle, true);
      return server;
    },
    unref() {
      state.referenced = false;
      if (state.bound) native.setReferenced(state.bound.handle, false);
      return server;
    },
    [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
      return new Promise((resolve) => { server.close(() => resolve()); });
    },
  };
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(server, name, {
      value: methods[name], writable: true, configurable: true, enumerable: false,
    });
  }
  Object.defineProperty(server, 'listening', {
    configurable: true,
    get: () => Boolean(state.bound),
  });
  if (handler) server.on('request', handler);
}
