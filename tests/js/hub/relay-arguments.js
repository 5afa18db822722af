// Wrong rules get an error that names what is wrong.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws, client }] } = await pairs(1);
assert.throws(() => ws.relay(), /"room" argument must be of type string/);
assert.throws(() => ws.relay('room', { except: ws }), { message: "option except must be 'self' or 'none', not an object" });
assert.throws(() => ws.relay('room', { transform: 'json' }), { message: "option transform must be 'none', not 'json'" });
assert.throws(() => ws.relay('room', { rate: 0 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => ws.relay('x'.repeat(257)), /the name has 257 bytes/);
assert.throws(() => client.relay('room'), /no server has accepted this WebSocket/);
assert.throws(() => server.hub.tap('room'), /"fn" argument must be of type function/);
assert.throws(() => server.hub.tap('room', () => {}, { sample: 0 }), /option sample must be a number above 0/);
assert.strictEqual(new Hub().relay(client, 'room'), true);
assert.strictEqual(client.relayInfo.room, 'room');
await server.close();
