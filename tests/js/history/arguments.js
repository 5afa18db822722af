// Mistakes are named.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import history, { History } from 'krandog:history';

assert.strictEqual(history.History, History);
assert.throws(() => new History(), { code: 'ERR_INVALID_ARG_TYPE', message: /"hub".*Hub/ });
assert.throws(() => new History({}), { code: 'ERR_INVALID_ARG_TYPE' });
const cases = [
  [{ message: 5 }, /unknown option message: did you mean messages\?/],
  [{ messages: 0 }, /option messages must be a whole number from 1 /],
  [{ age: '5m' }, /option age must be a whole number from 1 /],
  [{ encode: 5 }, /option encode must be a function, not 5/],
  [{ rooms: 1.5 }, /option rooms/],
  [{ bytes: -1 }, /option bytes/],
  [{ totalBytes: null }, /option totalBytes/],
];
for (const [options, message] of cases) {
  assert.throws(() => new History(new Hub(), options), { message });
}
const own = new History(new Hub());
assert.throws(() => own.join({}, 'a'), { code: 'ERR_INVALID_ARG_TYPE', message: /"ws"/ });
const ws = new WebSocket('ws://127.0.0.1:1');
ws.onerror = () => {};
assert.throws(() => own.join(ws, ''), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => own.join(ws, 'a', { sinc: 1 }), { message: /did you mean since/ });
// Names of rooms are kept, and may come from peers.
const hub = new Hub({ maxNameLength: 5 });
const short = new History(hub);
for (const method of ['publish', 'position', 'since']) {
  assert.throws(() => short[method]('wasser', 'x'), {
    code: 'ERR_OUT_OF_RANGE',
    message: /^cannot keep messages of 'wasser': the name has 6 bytes .* option maxNameLength allows$/,
  });
  for (const room of [undefined, 5, null, {}]) {
    assert.throws(() => short[method](room, 'x'), { code: 'ERR_INVALID_ARG_TYPE', message: /"room"/ });
  }
  for (const room of ['', '\ud800']) {
    assert.throws(() => short[method](room, 'x'), { code: 'ERR_INVALID_ARG_VALUE', message: /'room'/ });
  }
}
assert.strictEqual(short.rooms, 0);

// A history cannot grow under the hands of what encodes for it.
const nested = new History(hub, {
  encode(data, { room }) {
    if (data !== '') nested.publish(data, '');
    return room;
  },
});
assert.throws(() => nested.publish('a', 'a'), /encode published to the room 'a'/);
assert.strictEqual(nested.publish('a', 'b').offset, 2);
assert.deepStrictEqual([nested.position('b').offset, nested.rooms, nested.bytes], [1, 2, 6]);
