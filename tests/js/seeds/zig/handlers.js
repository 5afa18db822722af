// All handlers of a connection: open, message with its type, ping, pong, error and close.

import assert from 'assert';
import { closing, open, serve } from '../../../support/network.js';

const calls = [];
const text = (bytes) => new TextDecoder().decode(bytes);
const { server, url } = await serve({
  websocket: {
    maxPayload: 100,
    open: (ws) => calls.push(['open', ws.id > 0]),
    message(ws, data) {
      calls.push(['message', typeof data === 'string' ? 'text' : 'binary', data.length]);
    },
    ping: (ws, data) => calls.push(['ping', text(data)]),
    pong: (ws, data) => calls.push(['pong', text(data)]),
    error: (ws, error) => calls.push(['error', error.code]),
    close: (ws, code) => calls.push(['close', code]),
  },
});
const ws = await open(url);
ws.onerror = () => {};
ws.send('abc');
ws.send(new Uint8Array(4));
ws.pong('unasked');
await ws.ping('heartbeat');
ws.send('x'.repeat(101));
assert.strictEqual((await closing(ws)).code, 1009);
await server.close();
assert.deepStrictEqual(calls, [
  ['open', true], ['message', 'text', 3], ['message', 'binary', 4], ['pong', 'unasked'],
  ['ping', 'heartbeat'], ['error', 'WS_LIMIT'], ['close', 1009],
]);
