// Once send() has returned false because too much waits, the socket is closing.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve } });
const client = await open(url);
client.pause();
const ws = await accepted;
assert.strictEqual(ws.readyState, WebSocket.OPEN);
const chunk = new Uint8Array(2 ** 20);
let sent = 0;
while (ws.send(chunk)) sent += 1;
assert.strictEqual(ws.readyState, WebSocket.CLOSING, `after ${sent} MiB`);
assert.strictEqual(ws.send('x'), false);
client.terminate();
await server.close();
