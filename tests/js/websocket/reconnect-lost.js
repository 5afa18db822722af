// reconnecting says what was still buffered when the connection went, which nobody will get.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

let accepted;
const { server, url } = await serve({
  websocket: { open: (ws) => (accepted = ws).pause() },
});
const ws = await open(url, {
  reconnect: { minDelay: 1, maxDelay: 1 }, perMessageDeflate: false, pingInterval: 0,
});
// More than the kernel takes from a peer that does not read.
const message = new Uint8Array(1024 * 1024);
const count = 32;
for (let index = 0; index < count; index += 1) ws.send(message);
await new Promise((resolve) => setTimeout(resolve, 1));
const buffered = ws.bufferedAmount;
assert.ok(buffered > 0);
const [told] = await Promise.all([
  event(ws, 'reconnecting'), event(ws, 'reconnected'), accepted.terminate(),
]);
assert.ok(told.lost.bytes > 0 && told.lost.bytes <= buffered, told.lost.bytes);
assert.strictEqual(told.lost.messages, Math.ceil(told.lost.bytes / message.length));
assert.strictEqual(ws.bufferedAmount, 0);
ws.close();
await closing(ws);
await server.close();
