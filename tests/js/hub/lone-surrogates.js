// Names of rooms are Unicode: half a character is refused, so that no two of them are one room.

import assert from 'assert';
import { pairs } from '../../support/rooms.js';

const { server, pairs: [{ ws }] } = await pairs(1);
const { hub } = server;
const refused = {
  code: 'ERR_INVALID_ARG_VALUE',
  message: /'room' must not have a lone surrogate; name.toWellFormed\(\) replaces it/,
};
// Of a message in JSON, such as {"room":"\ud800"}.
for (const room of [JSON.parse('"\\ud800"'), '\ud801', 'a\udc00b', '\udc00\ud800']) {
  assert.throws(() => hub.join(ws, room), refused);
  assert.throws(() => ws.join(room), refused);
  assert.throws(() => hub.publish(room, 'x'), refused);
  assert.throws(() => hub.subscribe(ws, `${room}.*`), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => ws.relay(room), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => hub.tap(room, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => hub.size(room), refused);
}
assert.deepStrictEqual(hub.rooms(), []);

// What toWellFormed makes of them is a room like others, and nobody is in one that there cannot be.
hub.join(ws, '\ud800'.toWellFormed());
assert.deepStrictEqual(ws.rooms, ['\ufffd']);
assert.strictEqual(hub.publish('\ufffd', 'x', { except: '\ud800' }).sent, 1);
assert.strictEqual(hub.publish('\ufffd', 'x', { except: '\ufffd' }).sent, 0);
hub.join(ws, '😀');
assert.deepStrictEqual(ws.rooms, ['\ufffd', '😀']);
await server.close();
