// Between an outgoing WebSocket and a room: what the upstream server sends goes to the room, and back.

import assert from 'assert';
import { open, serve } from '../../support/network.js';
import { pairs, settled } from '../../support/rooms.js';

const upstream = await serve((req) => req.ws.send(`upstream: ${req.data}`) && undefined);
const { server, pairs: all } = await pairs(2);
const feed = await open(upstream.url);
server.hub.join(feed, 'questions');
server.hub.relay(feed, 'answers');
for (const { ws } of all) {
  ws.join('answers');
  ws.relay('questions');
}
const answered = Promise.all(all.map(({ client }) => new Promise((resolve) => {
  client.addEventListener('message', resolve, { once: true });
})));
all[0].client.send('hello');
await answered;
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard), [['upstream: hello'], ['upstream: hello']]);
await server.close();
feed.close();
await upstream.server.close();
