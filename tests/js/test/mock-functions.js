// `mock.fn` remembers how it was called, and does what it is told instead.

import assert from 'node:assert';
import test, { mock } from 'node:test';

test('calls are remembered', () => {
  const sum = mock.fn((a, b) => a + b);
  assert.strictEqual(sum(3, 4), 7);
  assert.strictEqual(sum.mock.callCount(), 1);
  const [call] = sum.mock.calls;
  assert.deepStrictEqual(call.arguments, [3, 4]);
  assert.strictEqual(call.result, 7);
  assert.strictEqual(call.error, undefined);
  assert.strictEqual(call.target, undefined);
  assert.ok(call.stack instanceof Error);
  sum.mock.resetCalls();
  assert.strictEqual(sum.mock.callCount(), 0);
});

test('without a function', () => {
  const nothing = mock.fn();
  assert.strictEqual(nothing(1), undefined);
  assert.deepStrictEqual(nothing.mock.calls[0].arguments, [1]);
});

test('exceptions are remembered and thrown', () => {
  const error = new Error('no');
  const fails = mock.fn(() => {
    throw error;
  });
  assert.throws(fails, error);
  assert.strictEqual(fails.mock.calls[0].error, error);
});

test('constructors', () => {
  class Point {
    constructor(x) {
      this.x = x;
    }
  }
  const Mocked = mock.fn(Point);
  const point = new Mocked(5);
  assert.strictEqual(point.x, 5);
  assert.ok(point instanceof Point);
  assert.strictEqual(Mocked.mock.calls[0].this, point);
  assert.strictEqual(Mocked.mock.calls[0].target, Point);
});

test('another implementation', () => {
  const one = mock.fn(() => 'one', () => 'two');
  assert.strictEqual(one(), 'two');
  one.mock.mockImplementation(() => 'three');
  assert.strictEqual(one(), 'three');
  one.mock.restore();
  assert.strictEqual(one(), 'one');
});

test('another implementation once', () => {
  const one = mock.fn(() => 'one');
  one.mock.mockImplementationOnce(() => 'two');
  one.mock.mockImplementationOnce(() => 'three', 2);
  assert.deepStrictEqual([one(), one(), one(), one()], ['two', 'one', 'three', 'one']);
  assert.throws(() => one.mock.mockImplementationOnce(() => {}, 1), { code: 'ERR_OUT_OF_RANGE' });
});

test('so many times', () => {
  const one = mock.fn(() => 'one', () => 'two', { times: 2 });
  assert.deepStrictEqual([one(), one(), one()], ['two', 'two', 'one']);
});

test('what is mocked by a test comes back after it', async (t) => {
  const object = { method: () => 'real' };
  await t.test('inner', (inner) => {
    inner.mock.method(object, 'method', () => 'mocked');
    assert.strictEqual(object.method(), 'mocked');
  });
  assert.strictEqual(object.method(), 'real');
});
