// What a hub is told when it is made: how many connections, how large a message, which origins,
// when to ping and how long to wait for the pong.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: {
    maxConnections: 2,
    maxPayload: 64,
    pingInterval: 5,
    perMessageDeflate: false,
    allowedOrigins: ['https://example.com'],
  },
});
const refused = async (options) => (await event(new WebSocket(url, options), 'error')).status;
assert.strictEqual(await refused({ headers: { Origin: 'https://example.org' } }), 403);
const first = await open(url, { headers: { Origin: 'https://example.com' } });
assert.strictEqual(first.extensions, '');
const second = await open(url);
assert.strictEqual(await refused(), 503);
// Whoever answers pings stays.
await event(second, 'ping');
await event(second, 'ping');
assert.strictEqual(second.readyState, WebSocket.OPEN);
first.onerror = () => {};
first.send('x'.repeat(65));
assert.strictEqual((await closing(first)).code, 1009);
await server.close();

// Whoever is deaf does not.
const peers = [];
const short = await serve({
  websocket: { pingInterval: 5, pongTimeout: 5, open: (ws) => void peers.push(ws) },
});
const deaf = await open(short.url);
deaf.pause();
while (peers.length === 0) await new Promise((next) => setImmediate(next));
assert.deepStrictEqual([(await closing(peers[0])).code, peers[0].closeInfo.cause], [1006, 'timeout']);
deaf.terminate();
await short.server.close();

// Each of them has a default.
const plain = await serve(({ ws, data }) => void ws.send(data));
const ws = await open(plain.url);
ws.send('x'.repeat(1024 * 1024));
assert.strictEqual((await event(ws, 'message')).data.length, 1024 * 1024);
assert.strictEqual(ws.extensions, '');
await plain.server.close();
