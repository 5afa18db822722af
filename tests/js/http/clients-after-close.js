// server.clients tells the truth about a server that was closed, and about its next life.

import assert from 'assert';
import { closing, emitted, open, serve } from '../../support/network.js';

const { server, url } = await serve(() => {});
const client = await open(url);
const [ws] = server.clients;
assert.strictEqual(ws.readyState, WebSocket.OPEN);
client.pause();
const closed = server.close();
assert.deepStrictEqual([ws.readyState, server.clients.size], [WebSocket.CLOSING, 0]);

// It listens again while the one from before is still there.
server.listen(0);
await emitted(server, 'listening');
const next = await open(`ws://127.0.0.1:${server.address().port}`);
assert.strictEqual(server.clients.size, 1);
assert(!server.clients.has(ws));
const end = closing(ws);
client.resume();
await end;
await closed;
assert.strictEqual(server.clients.size, 1);
next.close();
await closing(next);
await server.close();
