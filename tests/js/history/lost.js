// A socket that cannot have all that it has missed is told so, whatever position it names.

import assert from 'assert';
import { Hub } from 'krandog:hub';
import { History } from 'krandog:history';

const history = new History(new Hub(), { messages: 3 });
for (let count = 0; count < 5; count += 1) history.publish('a', count);
const { epoch, offset } = history.position('a');
assert.strictEqual(offset, 5);

const status = (position) => history.since('a', position).status;
assert.deepStrictEqual([5, 4, 3, 2].map((at) => status({ epoch, offset: at })),
  Array(4).fill('recovered'));
// Message 2 is gone.
assert.strictEqual(status({ epoch, offset: 1 }), 'lost');
for (const position of [
  { epoch: `${epoch}0`, offset: 5 },
  { epoch, offset: 6 },
  { epoch, offset: -1 },
  { epoch, offset: 4.5 },
  { epoch, offset: '4' },
  { epoch, offset: NaN },
  { epoch, offset: 2 ** 60 },
  { epoch, offset: null },
  { epoch },
  {}, [], '', 'x', 0, 1n, true, Symbol('x'), () => {},
]) {
  const { messages, ...rest } = history.since('a', position);
  assert.deepStrictEqual([messages, rest], [[], { status: 'lost', epoch, offset: 5 }]);
}
for (const nothing of [undefined, null]) assert.strictEqual(status(nothing), 'fresh');

// A history that begins anew is another one.
assert.strictEqual(history.clear('a'), true);
assert.strictEqual(history.clear('a'), false);
assert.strictEqual(status({ epoch, offset: 0 }), 'lost');
assert.notStrictEqual(history.position('a').epoch, epoch);
assert.notStrictEqual(new History(new Hub()).position('a').epoch, epoch);
