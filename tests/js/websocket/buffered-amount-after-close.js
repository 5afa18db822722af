// WHATWG: bufferedAmount does not reset when the connection closes. What was never sent stays, and
// what is sent afterwards comes on top.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve, message() {} } });
const ws = await open(url, { perMessageDeflate: false });
const peer = await accepted.promise;
peer.pause();

// More than the system takes for a peer that does not read.
do {
  ws.send('é'.repeat(2 ** 17));
  await new Promise((next) => setImmediate(next));
} while (ws.bufferedAmount === 0);
const waiting = ws.bufferedAmount;
const closed = event(ws, 'close');
ws.terminate();
await closed;
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
assert.strictEqual(ws.bufferedAmount, waiting);
ws.send('später');
ws.send(new Uint8Array(10));
assert.strictEqual(ws.bufferedAmount, waiting + 7 + 10);
peer.terminate();
await server.close();
