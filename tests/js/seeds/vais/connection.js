// What a connection is: its number, which end of it this is, and its state.

import assert from 'assert';
import { closing } from '../../../support/network.js';
import { pairs } from '../../../support/rooms.js';

const { server, pairs: [{ client, ws }] } = await pairs(1);
assert(Number.isSafeInteger(ws.id) && ws.id > 0 && ws.id !== client.id);
// The header fields of the request are on the side that got it.
assert.deepStrictEqual([typeof ws.headers, typeof client.headers], ['object', 'undefined']);
for (const socket of [ws, client]) assert.strictEqual(socket.readyState, WebSocket.OPEN);
const ends = [closing(ws), closing(client)];
ws.close();
assert.strictEqual(ws.readyState, WebSocket.CLOSING);
await Promise.all(ends);
for (const socket of [ws, client]) assert.strictEqual(socket.readyState, WebSocket.CLOSED);
await server.close();
