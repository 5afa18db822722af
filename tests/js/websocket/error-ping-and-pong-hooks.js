// The hooks error, ping and pong of a server get its sockets, also those that have said nothing.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const calls = [];
const text = (bytes) => new TextDecoder().decode(bytes);
const { promise: closed, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    maxPayload: 10,
    ping: (ws, data) => calls.push(['ping', ws.pathname, text(data)]),
    pong: (ws, data) => calls.push(['pong', ws.pathname, text(data)]),
    error: (ws, error) => calls.push(['error', ws.pathname, error instanceof Error, error.code]),
    close(ws, code) {
      calls.push(['close', ws.pathname, code]);
      resolve();
    },
  },
});
const ws = await open(`${url}/a`);
await ws.ping('p');
ws.pong('q');
await ws.ping('r');
assert.deepStrictEqual(calls.splice(0), [
  ['ping', '/a', 'p'], ['pong', '/a', 'q'], ['ping', '/a', 'r'],
]);
const end = event(ws, 'close');
ws.send('more than ten bytes');
assert.strictEqual((await end).code, 1009);
await closed;
assert.deepStrictEqual(calls, [['error', '/a', true, 'WS_LIMIT'], ['close', '/a', 1009]]);
await server.close();
