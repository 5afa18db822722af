// An outgoing WebSocket with an idleTimeout closes with 1001 when its server says nothing.

import assert from 'assert';
import { closing, open, serve } from '../../support/network.js';

const ended = Promise.withResolvers();
const { server, url } = await serve({
  websocket: { close: (ws, code) => ended.resolve([code, ws.closeInfo.cause]) },
});
const client = await open(url, { idleTimeout: 50 });
// What it sends itself does not count.
client.send('anybody there?');
const { code, wasClean } = await closing(client);
assert.deepStrictEqual([code, wasClean, client.closeInfo.cause], [1001, true, 'timeout']);
assert.deepStrictEqual(await ended.promise, [1001, 'peer']);
await server.close();
