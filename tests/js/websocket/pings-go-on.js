// A peer that answers pings gets the next after another pingInterval, however long a pong may take.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const { server, url } = await serve({ websocket: { pingInterval: 10, pongTimeout: 600_000 } });
const ws = await open(url, { pingInterval: 0 });
for (let count = 0; count < 3; count += 1) await event(ws, 'ping');
await server.close();

// So does a server of its client.
const accepted = Promise.withResolvers();
const other = await serve({ websocket: { pingInterval: 0, open: accepted.resolve } });
await open(other.url, { pingInterval: 10, pongTimeout: 600_000 });
const peer = await accepted.promise;
for (let count = 0; count < 3; count += 1) await event(peer, 'ping');
assert.strictEqual(peer.readyState, WebSocket.OPEN);
await other.server.close();
