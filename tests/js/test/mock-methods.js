// `mock.method`, `mock.getter` and `mock.setter` replace what an object has, until they are restored.

import assert from 'node:assert';
import test, { mock } from 'node:test';

class Counter {
  #count = 0;

  add(by) {
    this.#count += by;
    return this.#count;
  }

  get count() {
    return this.#count;
  }

  set count(value) {
    this.#count = value;
  }

  static make() {
    return new Counter();
  }
}

test('a method, its own', () => {
  const counter = new Counter();
  const add = mock.method(counter, 'add');
  assert.strictEqual(counter.add(2), 2);
  assert.strictEqual(counter.add.mock.callCount(), 1);
  assert.strictEqual(add.mock.calls[0].this, counter);
  counter.add.mock.restore();
  assert.strictEqual(Object.hasOwn(counter, 'add'), false);
});

test('another one', () => {
  const counter = new Counter();
  mock.method(counter, 'add', (by) => by * 10);
  assert.strictEqual(counter.add(2), 20);
  mock.reset();
  assert.strictEqual(counter.add(2), 2);
});

test('a static one', () => {
  mock.method(Counter, 'make', () => 'made');
  assert.strictEqual(Counter.make(), 'made');
  mock.restoreAll();
  assert.ok(Counter.make() instanceof Counter);
});

test('a getter and a setter', () => {
  const counter = new Counter();
  mock.getter(counter, 'count', () => 7);
  assert.strictEqual(counter.count, 7);
  mock.reset();
  const set = mock.setter(counter, 'count', () => {});
  counter.count = 5;
  assert.deepStrictEqual(set.mock.calls[0].arguments, [5]);
  assert.strictEqual(counter.count, 0);
  mock.reset();
  counter.count = 5;
  assert.strictEqual(counter.count, 5);
});

test('what is no method', () => {
  assert.throws(() => mock.method({ a: 1 }, 'a'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => mock.method({}, 'b'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => mock.method(5, 'b'), { code: 'ERR_INVALID_ARG_TYPE' });
  const both = { getter: true, setter: true };
  assert.throws(() => mock.method(new Counter(), 'count', both), { code: 'ERR_INVALID_ARG_VALUE' });
});
