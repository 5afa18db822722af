// What a server says just before the end is with the system when its close event comes: nothing of
// it counts as unsent.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const closed = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    message(ws) {
      // The peer's Close lies behind its message in the same packet.
      ws.send('last words');
    },
    close: (ws) => closed.resolve(ws.bufferedAmount),
  },
});
const ws = await open(url);
const answer = event(ws, 'message');
ws.send('hello');
ws.close();
assert.strictEqual(await closed.promise, 0);
await server.close();
void answer;
