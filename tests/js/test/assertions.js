// `t.assert` has the functions of `assert`, and those that are registered.

import assert from 'node:assert';
import test, { assert as asserts } from 'node:test';

asserts.register('isEven', function isEven(number) {
  assert.strictEqual(number % 2, 0);
  assert.strictEqual(typeof this.name, 'string');
});

test('those of assert', (t) => {
  for (const name of ['ok', 'equal', 'deepStrictEqual', 'throws', 'rejects', 'match', 'fail']) {
    assert.strictEqual(typeof t.assert[name], 'function', name);
  }
  assert.strictEqual(t.assert.AssertionError, undefined);
  assert.throws(() => t.assert.strictEqual(1, 2), assert.AssertionError);
});

test('those that are registered', (t) => {
  t.plan(1);
  t.assert.isEven(4);
});

test('register checks what it is given', () => {
  assert.throws(() => asserts.register(5, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => asserts.register('a', 5), { code: 'ERR_INVALID_ARG_TYPE' });
});
