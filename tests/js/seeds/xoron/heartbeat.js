// A heartbeat of one's own in JSON; the one of the protocol, with its round trip; and the automatic
// one, which ends a connection whose peer is silent.

import assert from 'assert';
import { closing, event, open, serve } from '../../../support/network.js';

const { server, url } = await serve(({ ws, data }) => {
  if (JSON.parse(data).type === 'ping') ws.send(JSON.stringify({ type: 'pong' }));
});
const ws = await open(url);
let beats = 0;
ws.onmessage = ({ data }) => (beats += JSON.parse(data).type === 'pong' ? 1 : 0);
const heartbeat = setInterval(() => {
  if (ws.readyState === WebSocket.OPEN) ws.send(JSON.stringify({ type: 'ping' }));
  else clearInterval(heartbeat);
}, 2);
while (beats < 3) await event(ws, 'message');

// No message is needed for it.
const roundTrip = await ws.ping();
assert(roundTrip >= 0 && roundTrip < 60_000);
ws.close();
await closing(ws);
await server.close();

// Nor a timer. A peer that reads nothing answers nothing.
const silent = await serve({
  websocket: { pingInterval: 5, pongTimeout: 5, open: (peer) => void peers.push(peer) },
});
const peers = [];
const deaf = await open(silent.url);
deaf.pause();
while (peers.length === 0) await new Promise((next) => setImmediate(next));
assert.strictEqual((await closing(peers[0])).code, 1006);
assert.strictEqual(peers[0].closeInfo.cause, 'timeout');
deaf.terminate();
await silent.server.close();
