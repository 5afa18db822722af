// What servers are asked for elsewhere and not here, and what serves in its place. Loaded when
// somebody does.

import { load } from 'ops:internal:http_mistakes';

function mistake(code, message) {
  return Object.assign(new TypeError(message), { code });
}

const INSTEAD_OF_EVENTS = {
  request: 'pass the handler to http.createServer(handler)',
  message: 'pass a handler, or the hook websocket.message',
  open: "listen for 'connection', or pass the hook websocket.open",
  upgrade: 'pass the hook websocket.upgrade',
  connect: 'krandog is no proxy',
  drain: 'pass the hook websocket.drain',
  clientError: 'krandog answers with 400 by itself',
  checkContinue: 'krandog answers with 100 by itself',
  checkExpectation: 'krandog answers with 417 by itself',
};

/**
 * Refuses a listener for an event that never comes. Others may be a script's own. A server without a
 * handler takes those of Node's shape, and is one of that shape from then on.
 */
export function checkEvent(name, handler, server, options, bound) {
  if (!Object.hasOwn(INSTEAD_OF_EVENTS, name)) return;
  const { NODE_EVENTS, equip } = load('internal:http_node_server');
  if (handler === undefined && NODE_EVENTS.includes(name)) {
    if (!Object.hasOwn(server, 'headersTimeout')) equip(server, options, undefined, bound);
    return;
  }
  throw mistake(
    'ERR_INVALID_ARG_VALUE',
    `a server has no event '${name}': ${INSTEAD_OF_EVENTS[name]}`,
  );
}

/** What `serve` was given in place of a port and a handler: often what Bun or Deno take. */
export function notServed(port, handler) {
  const given = [port, handler].find((value) => typeof value === 'object' && value !== null);
  const called = ['fetch', 'handler'].find((name) => typeof given?.[name] === 'function');
  const shown = typeof port === 'number' || typeof port === 'string' ? port : given?.port ?? 3000;
  const message = called === undefined
    ? `serve needs a handler: serve(${shown}, (req) => 'hello')`
    : `serve takes no ${called} in an object: write serve(${shown}, handler), and return a string ` +
      'or { status, headers, body }';
  return mistake('ERR_INVALID_ARG_TYPE', message);
}
