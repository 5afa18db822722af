// `autoReply` answers messages that are exactly equal without the script, also where a rule relays.

import assert from 'assert';
import http from 'http';
import { pairs, settled } from '../../support/rooms.js';

const seen = [];
const autoReply = [{ match: 'ping', reply: 'pong' }, { match: new Uint8Array([0]), reply: new Uint8Array([1, 1]) }];
const message = (ws, data) => void seen.push(data);
const { server, pairs: all } = await pairs(2, { websocket: { autoReply, message } });
const [a, b] = all;
for (const data of ['ping', 'ping ', new Uint8Array([0]), new Uint8Array([0, 0]), 'ping']) a.client.send(data);
b.ws.join('room');
await settled(all);
await settled(all);
assert.deepStrictEqual(a.heard, ['pong', new Uint8Array([1, 1]), 'pong']);
assert.deepStrictEqual(seen, ['ping ', new Uint8Array([0, 0])]);
a.ws.relay('room');
a.client.send('ping');
a.client.send('other');
await settled(all);
await settled(all);
assert.deepStrictEqual([a.heard.length, b.heard], [4, ['other']]);
await server.close();

const create = (given) => () => http.createServer({ websocket: { autoReply: given } });
assert.throws(create('ping'), { message: "option websocket.autoReply must be a list such as [{ match: 'ping', reply: 'pong' }], not 'ping'" });
assert.throws(create([{ match: 'ping' }]), { message: 'option websocket.autoReply[0] must have match and reply, not be an object' });
assert.throws(create([{ match: 'a', replies: 'b' }]), /option websocket\.autoReply\[0\]\.replies.*reply/s);
assert.throws(create([{ match: 1, reply: 'b' }]), { message: 'option websocket.autoReply[0].match must be a string or bytes, not 1' });
assert.throws(create(Array(65).fill({ match: 'a', reply: 'b' })), /has 65 rows, more than 64/);
