// `except: 'none'` sends a message back to its sender too; a sender need not be in the room at all.

import assert from 'assert';
import { pairs, settled } from '../../support/rooms.js';

const { server, pairs: all } = await pairs(3);
const [a, b, outside] = all;
a.ws.join('room');
b.ws.join('room');
a.ws.relay('room', { except: 'none', transform: 'none' });
outside.ws.relay('room');
a.client.send('one');
await settled(all);
outside.client.send('two');
await settled(all);
await settled(all);
assert.deepStrictEqual(all.map(({ heard }) => heard.join()), ['one,two', 'one,two', '']);
await server.close();
