// With a rule, messages of a socket go to a room and not to the script, until the rule is ended.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const seen = [];
const { server, pairs: all } = await pairs(3, (req) => seen.push([req.ws, req.data]) && undefined);
const [a, b, c] = all;
for (const { ws } of all) ws.join('room');
assert.strictEqual(a.ws.relayInfo, null);
assert.strictEqual(a.ws.relay('room'), true);
a.client.send('text');
a.client.send(new Uint8Array([1, 2, 3]));
a.client.send('x'.repeat(5000));
b.client.send('to the script');
await settled(all);
await settled(all);
const expected = ['text', new Uint8Array([1, 2, 3]), 'x'.repeat(5000)];
assert.deepStrictEqual([a.heard, b.heard, c.heard], [[], expected, expected]);
assert.deepStrictEqual(seen.splice(0), [[b.ws, 'to the script']]);
assert.deepStrictEqual(a.ws.relayInfo, {
  room: 'room', messages: 3, bytes: 5007, sent: 6, dropped: 0, refused: 0,
});
assert.strictEqual(a.ws.relay(null), true);
assert.strictEqual(a.ws.relay(null), false);
a.client.send('again');
await settled(all);
assert.deepStrictEqual([seen, b.heard.length], [[[a.ws, 'again']], 3]);
await server.close();
assert.deepStrictEqual([a.ws.relayInfo, a.ws.relay('room')], [null, false]);
