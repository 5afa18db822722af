// A server that reads one message after the other. Pings are answered on the way, and the loop ends
// with the connection, however that ends.

import assert from 'assert';
import { ask, closing, open, serve } from '../../../support/network.js';

const ends = [];
const { server, url } = await serve({
  websocket: {
    async open(ws) {
      for await (const data of ws) {
        if (typeof data === 'string') ws.send(data);
      }
      ends.push(ws.closeInfo.code);
    },
  },
});
const ws = await open(url);
assert.strictEqual(await ask(ws, 'one'), 'one');
ws.send(new Uint8Array(3));
await ws.ping();
assert.strictEqual(await ask(ws, 'two'), 'two');
ws.close(1000);
assert.deepStrictEqual(await closing(ws), { code: 1000, reason: '', wasClean: true });

const other = await open(url);
other.terminate();
while (ends.length < 2) await new Promise((next) => setImmediate(next));
assert.deepStrictEqual(ends, [1000, 1006]);
await server.close();
