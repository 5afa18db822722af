// What a hub is told when it is made: how many connections, how large a message, which origins,
// when to ping and how long to wait for the pong.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const peers = [];
const { server, url } = await serve({
  websocket: {
    maxConnections: 2,
    maxPayload: 64,
    pingInterval: 5,
    pongTimeout: 5,
    perMessageDeflate: false,
    allowedOrigins: ['https://example.com'],
    open: (ws) => void peers.push(ws),
  },
});
const refused = async (options) => (await event(new WebSocket(url, options), 'error')).status;
assert.strictEqual(await refused({ headers: { Origin: 'https://example.org' } }), 403);
const first = await open(url, { headers: { Origin: 'https://example.com' } });
assert.strictEqual(first.extensions, '');
const second = await open(url);
assert.strictEqual(await refused(), 503);

// One that answers pings is kept; one that is deaf is not.
const end = closing(peers[1]);
second.pause();
assert.deepStrictEqual([(await end).code, peers[1].closeInfo.cause], [1006, 'timeout']);
second.terminate();
await event(first, 'ping');
assert.strictEqual(first.readyState, WebSocket.OPEN);

first.onerror = () => {};
first.send('x'.repeat(65));
assert.strictEqual((await closing(first)).code, 1009);
await server.close();

// Each of them has a default.
const plain = await serve(({ ws, data }) => void ws.send(data));
const ws = await open(plain.url);
ws.send('x'.repeat(1024 * 1024));
assert.strictEqual((await event(ws, 'message')).data.length, 1024 * 1024);
assert.strictEqual(ws.extensions, '');
await plain.server.close();
