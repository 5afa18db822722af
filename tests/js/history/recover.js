// A socket that comes back with the position of the last message that it got is sent what it has
// missed, and then what is published from then on: nothing twice, and nothing left out.

import assert from 'assert';
import { History } from 'krandog:history';
import { pair, pairs, settled } from '../../support/rooms.js';

const { server, url, pairs: [one] } = await pairs(1);
const history = new History(server.hub);
const first = history.join(one.ws, 'game');
assert.deepStrictEqual(first, { status: 'fresh', epoch: first.epoch, offset: 0, sent: 0 });

for (const data of ['a', { b: 2 }]) {
  const { sent, epoch } = history.publish('game', data);
  assert.deepStrictEqual([sent, epoch], [1, first.epoch]);
}
await settled([one]);
const messages = one.heard.map((text) => JSON.parse(text));
assert.deepStrictEqual(messages, [
  { room: 'game', epoch: first.epoch, offset: 1, data: 'a' },
  { room: 'game', epoch: first.epoch, offset: 2, data: { b: 2 } },
]);
one.client.terminate();
await new Promise((resolve) => one.ws.addEventListener('close', resolve));

// Nobody is there to hear these.
for (const data of ['c', 'd', 'e']) assert.strictEqual(history.publish('game', data).sent, 0);
assert.deepStrictEqual(history.position('game'), { epoch: first.epoch, offset: 5 });

const back = await pair(server, url);
const { epoch, offset } = messages.at(-1);
const result = history.join(back.ws, 'game', { since: { epoch, offset } });
assert.deepStrictEqual(result, { status: 'recovered', epoch, offset: 5, sent: 3 });
history.publish('game', 'f');
// Who has everything is sent nothing.
const up = history.join(back.ws, 'game', { since: history.position('game') });
assert.deepStrictEqual(up, { status: 'recovered', epoch, offset: 6, sent: 0 });
await settled([back]);
const heard = back.heard.map((text) => JSON.parse(text));
assert.deepStrictEqual(heard.map(({ data }) => data), ['c', 'd', 'e', 'f']);
assert.deepStrictEqual(heard.map(({ offset: at }) => at), [3, 4, 5, 6]);
await server.close();
