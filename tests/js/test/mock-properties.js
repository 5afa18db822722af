// `mock.property` replaces a value, and remembers who has read and set it.

import assert from 'node:assert';
import test from 'node:test';

test('a value', (t) => {
  const object = { value: 'real' };
  const mocked = t.mock.property(object, 'value', 'mocked');
  assert.strictEqual(object.value, 'mocked');
  object.value = 'set';
  assert.strictEqual(object.value, 'set');
  assert.strictEqual(mocked.mock.accessCount(), 3);
  assert.deepStrictEqual(mocked.mock.accesses.map(({ type, value }) => [type, value]), [
    ['get', 'mocked'], ['set', 'set'], ['get', 'set'],
  ]);
  mocked.mock.mockImplementationOnce('once');
  assert.deepStrictEqual([object.value, object.value], ['once', 'set']);
  mocked.mock.resetAccesses();
  assert.strictEqual(mocked.mock.accessCount(), 0);
  mocked.mock.restore();
  assert.strictEqual(object.value, 'real');
});

test('there has to be one', (t) => {
  assert.throws(() => t.mock.property({}, 'missing', 1), { code: 'ERR_INVALID_ARG_VALUE' });
});
