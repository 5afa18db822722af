// Rooms: who joins hears what is sent there, who leaves does not, and the sender can be left out.

import assert from 'assert';
import { pairs, settled } from '../../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const { hub } = server;
const [a, b, c] = all;
for (const { ws } of all) assert.strictEqual(hub.join(ws, 'chat:general'), true);
hub.join(a.ws, 'notifications');
assert.deepStrictEqual([hub.size('chat:general'), hub.size('notifications'), hub.size('empty')], [3, 1, 0]);
assert.deepStrictEqual([b.ws.inRoom('chat:general'), b.ws.inRoom('notifications')], [true, false]);
assert.deepStrictEqual(hub.members('notifications'), [a.ws]);

assert.strictEqual(hub.publish('chat:general', 'to all').sent, 3);
assert.strictEqual(hub.publish('chat:general', 'to the others', { except: a.ws.id }).sent, 2);
assert.strictEqual(hub.leave(c.ws, 'chat:general'), true);
assert.strictEqual(hub.publish('chat:general', 'to who is left').sent, 2);
await settled(all);
assert.deepStrictEqual(a.heard, ['to all', 'to who is left']);
assert.deepStrictEqual(b.heard, ['to all', 'to the others', 'to who is left']);
assert.deepStrictEqual(c.heard, ['to all', 'to the others']);

// Who closes has left.
const vacated = new Promise((resolve) => hub.once('vacated', resolve));
a.client.close();
assert.strictEqual(await vacated, 'notifications');
assert.deepStrictEqual([hub.has('notifications'), hub.size('chat:general')], [false, 1]);
await server.close();
