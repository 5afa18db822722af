// An idle peer that does not answer the Close either is given up after closeTimeout: 1006.

import assert from 'assert';
import { open, serve } from '../../support/network.js';

const ended = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    idleTimeout: 50,
    closeTimeout: 50,
    close: (ws, code) => ended.resolve([code, ws.closeInfo.wasClean, ws.closeInfo.cause]),
  },
});
const client = await open(url);
client.pause();
assert.deepStrictEqual(await ended.promise, [1006, false, 'timeout']);
client.terminate();
await server.close();
