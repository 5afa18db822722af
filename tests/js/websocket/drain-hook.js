// A server's drain hook is called once bufferedAmount was seen above 0 and is 0 again.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const seen = [];
const { promise: drained, resolve } = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    message(ws) {
      ws.send('x'.repeat(500_000));
      seen.push(ws.bufferedAmount);
    },
    drain(ws) {
      seen.push(ws.bufferedAmount);
      resolve();
    },
  },
});
const ws = await open(url);
ws.send('more');
await Promise.all([event(ws, 'message'), drained]);
assert.deepStrictEqual(seen, [500_000, 0]);
ws.close();
await event(ws, 'close');
assert.strictEqual(seen.length, 2);
await server.close();
