// A rule may come before its room has members, and outlives the last of them.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const [a, b, c] = all;
a.ws.relay('room');
assert.strictEqual(server.hub.has('room'), false);
assert.deepStrictEqual(server.hub.rooms(), []);
const say = async (text) => {
  a.client.send(text);
  await settled(all);
  await settled(all);
};
await say('nobody');
b.ws.join('room');
await say('b');
b.ws.leave('room');
await say('nobody again');
c.ws.join('room');
server.hub.subscribe(b.ws, 'r*');
await say('both');
assert.deepStrictEqual([b.heard, c.heard], [['b', 'both'], ['both']]);
assert.strictEqual(a.ws.relayInfo.messages, 4);
await server.close();
