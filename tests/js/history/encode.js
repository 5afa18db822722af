// What is sent is what `encode` makes of the data, binary too; it is kept as it was when it was sent.

import assert from 'assert';
import { History } from 'krandog:history';
import { pair, pairs, settled } from '../../support/rooms.js';

const { server, url, pairs: [one] } = await pairs(1);
const buffer = new Uint8Array([0, 0, 7]);
const history = new History(server.hub, {
  encode(data, { room, epoch, offset }) {
    assert.deepStrictEqual([typeof room, typeof epoch], ['string', 'string']);
    buffer[0] = offset;
    buffer[1] = data;
    return buffer.subarray(0, 2);
  },
});
const { epoch } = history.position('a');
history.join(one.ws, 'a');
history.publish('a', 10, { except: one.ws });
history.publish('a', 20, { compress: false });
buffer.fill(99);
const two = await pair(server, url);
assert.strictEqual(history.join(two.ws, 'a', { since: { epoch, offset: 0 } }).sent, 2);
// Without a position, the last few.
const three = await pair(server, url);
assert.deepStrictEqual(history.join(three.ws, 'a', { last: 1 }),
  { status: 'fresh', epoch, offset: 2, sent: 1 });
await settled([one, two, three]);
const heard = [one, two, three].map((all) => all.heard.map((data) => [...data]));
assert.deepStrictEqual(heard, [[[2, 20]], [[1, 10], [2, 20]], [[2, 20]]]);

// Whatever cannot be sent is not kept.
for (const made of [undefined, null, 5, {}]) {
  const wrong = new History(server.hub, { encode: () => made });
  assert.throws(() => wrong.publish('a', 1), { code: 'ERR_INVALID_ARG_TYPE', message: /encode/ });
  assert.strictEqual(wrong.position('a').offset, 0);
}
assert.throws(() => history.publish('', 1), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new History(server.hub).publish('a', 1n), TypeError);
await server.close();
