// The close hook of a server and closeInfo have the code and the reason that were sent when the
// server ended a connection for a fault, whoever's it was.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const ends = [];
let ended;
const { server, url } = await serve({
  websocket: {
    maxPayload: 100,
    message() {
      throw new Error('expected: thrown by the message hook');
    },
    close(ws, code, reason) {
      ends.push({ code, reason, info: ws.closeInfo });
      ended();
    },
  },
});

for (const [message, code, reason, wasClean, cause] of [
  ['x'.repeat(101), 1009, 'message of 101 bytes exceeds 100', false, 'limit'],
  ['oops', 1011, 'internal error', true, 'local'],
]) {
  const hooked = new Promise((resolve) => (ended = resolve));
  const ws = await open(url);
  ws.send(message);
  const { code: received } = await closing(ws);
  await hooked;
  assert.strictEqual(received, code);
  assert.deepStrictEqual(ends.pop(), { code, reason, info: { code, reason, wasClean, cause } });
}
await server.close();
