// What a connection knows of itself: number, state, rooms, facts of one's own, and when it was heard.

import assert from 'assert';
import { pair, pairs } from '../../../support/rooms.js';
import { closing } from '../../../support/network.js';

const { server, url, pairs: [{ client, ws }] } = await pairs(1);
const other = await pair(server, url);
assert(ws.id > 0 && other.ws.id !== ws.id);
assert.strictEqual(server.hub.get(ws.id), ws);
assert.strictEqual(ws.readyState, WebSocket.OPEN);
ws.join('chat:general');
ws.join('notifications');
assert.deepStrictEqual(ws.rooms, ['chat:general', 'notifications']);
assert.deepStrictEqual([ws.inRoom('chat:general'), ws.inRoom('other')], [true, false]);

// When anything came from the peer, the pong to a ping too, and how long that took.
const before = ws.lastSeen;
assert.deepStrictEqual([ws.rtt, before >= ws.openedAt], [null, true]);
const roundTrip = await ws.ping('heartbeat');
assert(ws.lastSeen >= before && Math.abs(ws.rtt - roundTrip) < 0.01);

client.close();
assert.strictEqual(client.readyState, WebSocket.CLOSING);
await closing(ws);
assert.strictEqual(ws.readyState, WebSocket.CLOSED);
assert.strictEqual(server.hub.get(ws.id), undefined);
await server.close();
