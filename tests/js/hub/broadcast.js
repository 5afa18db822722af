// A broadcast reaches every open WebSocket of the server, in a room or not.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
server.hub.join(all[0].ws, 'room');
assert.deepStrictEqual(server.hub.broadcast('one'), { sent: 3, dropped: 0, forwarded: false });
assert.strictEqual(server.hub.broadcast('two', { except: 'room' }).sent, 2);
assert.strictEqual(server.hub.broadcast('three', { except: all[1].ws }).sent, 2);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.join()), ['one,three', 'one,two', 'one,two,three']);
await server.close();
