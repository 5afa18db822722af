// Messages to everybody, to everybody but one, and to one by its number.

import assert from 'assert';
import { pairs, settled } from '../../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const { hub } = server;
const [a, b, c] = all;
assert.strictEqual(hub.broadcast('announcement').sent, 3);
assert.strictEqual(hub.broadcast('a joined', { except: a.ws.id }).sent, 2);
hub.get(b.ws.id)?.send('private');
hub.get(c.ws.id + 1000)?.send('to nobody');
assert.deepStrictEqual(hub.send(c.ws.id, 'private too'), { sent: 1, dropped: 0, forwarded: false });
assert.strictEqual(hub.send(c.ws.id + 1000, 'to nobody').sent, 0);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard), [
  ['announcement'],
  ['announcement', 'a joined', 'private'],
  ['announcement', 'a joined', 'private too'],
]);
await server.close();
