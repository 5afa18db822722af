// An option of the wrong type or out of its range is an error that names it and what it may be.

import assert from 'assert';
import http from 'http';
import { open, serve } from '../../support/network.js';

const create = (options) => () => http.createServer(options);
const type = (message) => ({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE', message });
const range = (message) => ({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE', message });

assert.throws(create({ websocket: 1 }), type('option websocket must be an object, not 1'));
assert.throws(create({ websocket: [] }), type('option websocket must be an object, not an array'));
assert.throws(create({ maxBody: '1' }),
  range("option maxBody must be a whole number from 0 to 2147483648, not '1'"));
assert.throws(create({ keepAliveTimeout: 0 }),
  range('option keepAliveTimeout must be a whole number from 1 to 2147483647, not 0'));
assert.throws(create({ websocket: { pingInterval: -1 } }),
  range('option websocket.pingInterval must be a whole number from 0 to 2147483647, not -1'));
assert.throws(create({ websocket: { open: 'x' } }),
  type("option websocket.open must be a function, not 'x'"));
assert.throws(create({ websocket: { perMessageDeflate: 1 } }),
  type('option websocket.perMessageDeflate must be true, false or an object, not 1'));
assert.throws(create({ websocket: { perMessageDeflate: { level: 10 } } }),
  range('option websocket.perMessageDeflate.level must be a whole number from 0 to 9, not 10'));
assert.throws(create({ websocket: { perMessageDeflate: { serverNoContextTakeover: 0 } } }),
  type('option websocket.perMessageDeflate.serverNoContextTakeover must be true or false, not 0'));
assert.throws(create({ websocket: { protocols: [1] } }),
  type(/^option websocket\.protocols must be a list of names or a function, not an array$/));
assert.throws(create({ websocket: { allowedOrigins: 7 } }),
  type(/^option websocket\.allowedOrigins must be 'same-origin', .* or a function, not 7$/));

// Each is there, with the bounds of its range.
http.createServer({
  maxBody: 0,
  keepAliveTimeout: 1,
  requestTimeout: 2 ** 31 - 1,
  maxConnections: 1,
  handshakeTimeout: 1,
  websocket: {
    upgrade() {},
    open() {},
    message() {},
    close() {},
    drain() {},
    maxPayload: 1,
    maxFragments: 1,
    maxBackpressure: 1,
    pingInterval: 0,
    pongTimeout: 0,
    idleTimeout: 0,
    closeTimeout: 0,
    maxConnections: 1,
    handshakeTimeout: 1,
    protocols: ['a'],
    allowedOrigins: ['https://example.com'],
    perMessageDeflate: { threshold: 0, level: 0, memoryLimit: 0, maxRatio: 1 },
  },
});

const { server, url } = await serve(({ ws, data }) => {
  ws.send(data);
});
assert.throws(() => server.close(5), type(/^close takes options, not 5$/));
assert.throws(() => server.close({ code: '1000' }), RangeError);
assert.throws(() => server.close({ reason: 1 }), type('option reason must be a string, not 1'));

assert.throws(() => new WebSocket(url, { handshakeTimeout: 0 }),
  range('option handshakeTimeout must be a whole number from 1 to 2147483647, not 0'));
assert.throws(() => new WebSocket(url, { maxPayload: 1.5 }),
  range(/^option maxPayload must be a whole number from 1 to \d+, not 1\.5$/));
assert.throws(() => new WebSocket(url, { headers: 'x' }),
  type("option headers must be an object, a Map or a list of pairs, not 'x'"));

const ws = await open(url);
assert.throws(() => ws.send('x', { compress: 1 }),
  type('option compress must be true or false, not 1'));
assert.throws(() => ws.send('x', () => {}), type('send takes options, not a function'));
ws.send('x', undefined);
ws.send('x', { compress: undefined });
await server.close();
