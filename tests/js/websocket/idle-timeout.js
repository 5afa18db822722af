// A connection that brings no message for idleTimeout is closed with 1001. Pings and pongs are no
// messages.

import assert from 'assert';
import { closing, event, open, serve } from '../../support/network.js';

const ended = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    idleTimeout: 100,
    pingInterval: 10,
    close: (ws, code, reason) => ended.resolve([code, reason, ws.closeInfo.cause]),
  },
});
const client = await open(url);
// As the server's pings show, it is not silent.
const pinged = event(client, 'ping');
const { code, reason, wasClean } = await closing(client);
assert.deepStrictEqual([code, reason, wasClean], [1001, 'idle for too long', true]);
assert.strictEqual(client.closeInfo.cause, 'peer');
assert.deepStrictEqual(await ended.promise, [1001, 'idle for too long', 'timeout']);
await pinged;
await server.close();
