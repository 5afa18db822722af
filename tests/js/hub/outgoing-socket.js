// An outgoing WebSocket can be in a room: what is published goes up to its server, masked.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { event, open, serve } from '../../support/network.js';

const heard = Promise.withResolvers();
const { server, url } = await serve((req) => heard.resolve(req.data));
const hub = new Hub();
const client = await open(url);
assert.strictEqual(hub.join(client, 'up'), true);
assert.deepStrictEqual(hub.rooms(client), ['up']);
assert.deepStrictEqual(hub.publish('up', 'hello'), { sent: 1, dropped: 0, forwarded: false });
assert.strictEqual(await heard.promise, 'hello');
assert.strictEqual(hub.broadcast('all of its rooms').sent, 1);
assert.strictEqual(hub.get(client.id), client);
assert.throws(() => client.join('up'), /no server has accepted this WebSocket.*use hub\.join/);
const closed = event(client, 'close');
await server.close();
await closed;
assert.strictEqual(hub.has('up'), false);
