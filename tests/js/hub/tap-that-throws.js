// What a tap throws ends the connection that the message came from, and no other.

import assert from 'assert';
import { closing } from '../../support/network.js';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [a, b] } = await pairs(2);
b.ws.join('room');
a.ws.relay('room');
server.hub.tap('room', (data) => {
  if (data === 'spam') throw new Error('spam');
});
const ended = closing(a.client);
a.client.send('spam');
assert.strictEqual((await ended).code, 1011);
assert.strictEqual(b.ws.readyState, WebSocket.OPEN);
await server.close();

// The same for a promise that is rejected.
const later = await pairs(1);
const [c] = later.pairs;
c.ws.relay('room');
later.server.hub.tap('room', async (data) => JSON.parse(data));
const rejected = closing(c.client);
c.client.send('not json');
assert.strictEqual((await rejected).code, 1011);
await later.server.close();
