// A connection that brings no message for idleTimeout is closed with 1001. Pings and pongs are no
// messages.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const ended = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    idleTimeout: 100,
    close: (ws, code, reason) => ended.resolve([code, reason, ws.closeInfo.cause]),
  },
});
const client = await open(url);
const end = closing(client);
// It is anything but silent.
const ping = () => client.ping().then(ping, () => {});
ping();
const { code, reason, wasClean } = await end;
assert.deepStrictEqual([code, reason, wasClean], [1001, 'idle for too long', true]);
assert.strictEqual(client.closeInfo.cause, 'peer');
assert.deepStrictEqual(await ended.promise, [1001, 'idle for too long', 'timeout']);
await server.close();
