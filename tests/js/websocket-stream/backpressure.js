// A peer that sends too fast is not read until the reader has caught up, and a write to one that does
// not read waits.

import assert from 'assert';
import { serve, wait } from '../../support/network.js';

const accepted = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: accepted.resolve } });
const stream = new WebSocketStream(url);
const [{ readable, writable }, ws] = await Promise.all([stream.opened, accepted.promise]);

// More than all that the kernel holds between the two.
const chunk = new Uint8Array(256 * 1024);
const count = 80;
let sent = 0;
const sending = (async () => {
  while (sent < count) {
    await ws.send(chunk, { flushed: true });
    sent += 1;
  }
})();
let before;
do {
  before = sent;
  await wait(30);
} while (sent !== before || sent === 0);
assert(sent < count, 'the peer was read without end');
const reader = readable.getReader();
for (let number = 0; number < count; number++) {
  assert.strictEqual((await reader.read()).value.length, chunk.length);
}
await sending;

ws.pause();
const writer = writable.getWriter();
let written = 0;
const writing = (async () => {
  while (written < count) {
    await writer.write(chunk);
    written += 1;
  }
})();
do {
  before = written;
  await wait(30);
} while (written !== before || written === 0);
assert(written < count, 'the peer took without end');
ws.resume();
await writing;
await writer.close();
await server.close();
