// In the close hook, ws.relayInfo says what the rule has done, and ws.publish reaches the others.

import assert from 'assert';
import { event, open, serve } from '../../support/network.js';

const closed = Promise.withResolvers();
const { server, url } = await serve({
  websocket: {
    open(ws) {
      ws.join('room');
      ws.relay('room');
    },
    close(ws) {
      closed.resolve([ws, ws.relayInfo, ws.publish('room', 'has left'), ws.rooms]);
    },
  },
});
const [one, other] = [await open(url), await open(url)];
let heard = event(other, 'message');
one.send('hello');
assert.strictEqual((await heard).data, 'hello');
heard = event(other, 'message');
one.close();
const [ws, info, published, rooms] = await closed.promise;
assert.deepStrictEqual(
  info,
  { room: 'room', messages: 1, bytes: 5, sent: 1, dropped: 0, refused: 0 },
);
assert.deepStrictEqual(published, { sent: 1, dropped: 0, forwarded: false });
assert.deepStrictEqual(rooms, ['room']);
assert.strictEqual((await heard).data, 'has left');
// And later.
assert.deepStrictEqual(ws.relayInfo, info);
heard = event(other, 'message');
assert.strictEqual(ws.publish('room', 'long ago').sent, 1);
assert.strictEqual((await heard).data, 'long ago');
await server.close();
