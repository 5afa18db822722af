// One publish serves peers that agreed on compression, of either kind, and those that did not.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pair, pairs, settled } from '../../support/rooms.js';

const hub = new Hub();
const each = await pairs(2, { hub, websocket: { perMessageDeflate: { threshold: 100 } } });
const kept = await pairs(2, {
  hub,
  websocket: { perMessageDeflate: { serverNoContextTakeover: false, threshold: 0 } },
}, { perMessageDeflate: { serverNoContextTakeover: false } });
const small = await pairs(1, { hub, websocket: { perMessageDeflate: { serverMaxWindowBits: 10 } } });
const plain = await pair(each.server, each.url, { perMessageDeflate: false });
const all = [...each.pairs, ...kept.pairs, ...small.pairs, plain];
assert.deepStrictEqual(all.map(({ ws }) => ws.extensions !== ''), [true, true, true, true, true, false]);
for (const { ws } of all) hub.join(ws, 'room');
const messages = ['tiny', 'x'.repeat(5000), JSON.stringify([...Array(500).keys()]), new Uint8Array(3000)];
for (const message of messages) assert.strictEqual(hub.publish('room', message).sent, 6);
hub.publish('room', 'y'.repeat(2000), { compress: false });
hub.publish('room', 'z'.repeat(50), { compress: true });
await settled(all);
for (const { heard } of all) {
  assert.deepStrictEqual(heard, [...messages, 'y'.repeat(2000), 'z'.repeat(50)]);
}
for (const { server } of [each, kept, small]) await server.close();
