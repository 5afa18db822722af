// Each limit is an error that names what there is too much of, the limit and the option.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { pairs } from '../../support/rooms.js';

const hub = new Hub({
  maxRooms: 2, maxRoomsPerSocket: 4, maxMembers: 2, maxPatterns: 1, maxNameLength: 8,
});
const { server, pairs: [a, b, c] } = await pairs(3, { hub });
const refused = (message) => ({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE', message });
assert.throws(() => hub.join(a.ws, '水水水'), refused(
  "cannot join '水水水': the name has 9 bytes of UTF-8, more than the 8 that the hub's option "
  + 'maxNameLength allows',
));
a.ws.join('one');
a.ws.join('two');
assert.throws(() => a.ws.join('three'), refused(
  "cannot join 'three': the hub has 2 rooms already, as many as its option maxRooms allows",
));
hub.subscribe(a.ws, 'o*');
assert.throws(() => hub.subscribe(a.ws, 't*'), refused(
  "cannot subscribe to 't*': the hub has 1 patterns already, as many as its option maxPatterns allows",
));
b.ws.join('one');
assert.throws(() => c.ws.join('one'), refused(
  "cannot join 'one': the room has 2 members already, as many as the hub's option maxMembers allows",
));
a.ws.leave('two');
a.ws.join('three');
assert.deepStrictEqual(hub.rooms(a.ws).sort(), ['one', 'three']);
await server.close();
