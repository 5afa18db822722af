// A peer that does not read is closed with 1013 once maxBackpressure waits for it; TLS holds back
// no more than plain connections do.

import assert from 'assert';
import { closing, open } from '../../support/network.js';
import { ca, serve } from '../../support/tls.js';

const { promise: accepted, resolve } = Promise.withResolvers();
const { server, url } = await serve({ websocket: { open: resolve, maxBackpressure: 2 ** 20 } });
const client = await open(url, { tls: { ca } });
client.pause();
const ws = await accepted;
const ends = [closing(client), closing(ws)];
const chunk = 'x'.repeat(2 ** 18);
let sent = 0;
while (ws.readyState === WebSocket.OPEN && sent < 1000) {
  if (!ws.send(chunk)) break;
  sent += 1;
  assert(ws.bufferedAmount <= 2 ** 20 + chunk.length, `${ws.bufferedAmount} bytes wait`);
  if (sent % 4 === 0) await new Promise((next) => setTimeout(next, 1));
}
assert(sent < 1000, 'it took everything');

let received = 0;
client.addEventListener('message', ({ data }) => {
  assert.strictEqual(data.length, chunk.length);
  received += 1;
});
client.resume();
const [there, here] = await Promise.all(ends);
assert.strictEqual(there.code, 1013);
assert.strictEqual(received, sent);
assert.deepStrictEqual(here, { code: 1013, reason: there.reason, wasClean: false });
assert.strictEqual(ws.closeInfo.cause, 'limit');
await server.close();
