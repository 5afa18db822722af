// An accepted socket is a WebSocket like an outgoing one, and knows where it came from.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve, protocols: ['chat'] } });
const client = await open(`${url}/room?x`, ['chat']);
const ws = await accepted;
assert.strictEqual(ws.readyState, WebSocket.OPEN);
assert.strictEqual(ws.url, `${url}/room?x`);
assert.strictEqual(ws.pathname, '/room');
assert.strictEqual(ws.protocol, 'chat');
assert.strictEqual(ws.binaryType, 'uint8array');
assert.strictEqual(ws.bufferedAmount, 0);
assert.strictEqual(ws.remoteAddress, '127.0.0.1');
assert.strictEqual(ws.headers['sec-websocket-version'], '13');
assert.strictEqual(ws.closeInfo, null);
ws.data = { name: 'Ada' };
assert.deepStrictEqual(ws.data, { name: 'Ada' });

// Its events come besides the handler's calls.
const message = event(ws, 'message');
client.send('hello');
assert.strictEqual((await message).data, 'hello');
const attribute = new Promise((done) => {
  ws.onmessage = done;
});
client.send(new Uint8Array([1]));
assert.deepStrictEqual(Array.from((await attribute).data), [1]);

const end = closing(ws);
client.close(4000, 'bye');
assert.deepStrictEqual(await end, { code: 4000, reason: 'bye', wasClean: true });
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
assert.strictEqual(ws.closeInfo.code, 4000);
await server.close();
