// A function that is bound again and again stays as fast as one that is bound once.

import assert from 'assert';

function show(...all) {
  return [this?.name ?? this, ...all];
}
const bound = show.bind({ name: 'first' }, 1, 2).bind({ name: 'second' }, 3).bind(null, 4, 5);
assert.deepStrictEqual(bound(6), ['first', 1, 2, 3, 4, 5, 6]);
assert.deepStrictEqual([bound.name, bound.length], ['bound bound bound show', 0]);
assert.deepStrictEqual(Object.getOwnPropertyDescriptors(bound), {
  length: { value: 0, writable: false, enumerable: false, configurable: true },
  name: { value: 'bound bound bound show', writable: false, enumerable: false, configurable: true },
});

// `length` and `name` are those of what is bound, not of the first function.
const changed = ((a, b, c, d) => [a, b, c, d]).bind(null, 1);
Object.defineProperty(changed, 'length', { value: 9 });
Object.defineProperty(changed, 'name', { value: 'mine' });
const again = changed.bind(null, 2, 3);
assert.deepStrictEqual([again.length, again.name], [7, 'bound mine']);
assert.deepStrictEqual(again(4), [1, 2, 3, 4]);
Object.defineProperty(changed, 'name', { get: () => assert.fail('read') });
assert.throws(() => changed.bind(), /read/);

// Classes, prototypes and other callables.
class Point {
  constructor(x, y) {
    this.at = [x, y];
  }
}
const Bound = Point.bind(null, 1).bind(null, 2);
assert.deepStrictEqual(new Bound().at, [1, 2]);
assert.ok(new Bound() instanceof Point);
assert.ok(new Point() instanceof Bound);
assert.strictEqual(Object.hasOwn(Bound, 'prototype'), false);
assert.throws(() => new (parseInt.bind().bind())(), TypeError);
const moved = Object.setPrototypeOf(show.bind(), Map);
assert.strictEqual(Object.getPrototypeOf(moved.bind()), Map);
const proxy = new Proxy(show.bind(1), { apply: () => 'proxy' });
assert.strictEqual(proxy.bind(2).bind(3)(), 'proxy');
assert.throws(() => Function.prototype.bind.call({}), TypeError);
assert.deepStrictEqual([Function.prototype.bind.name, Function.prototype.bind.length], ['bind', 1]);

// A chain of 50 000 is one call.
let chain = show;
for (let level = 0; level < 50_000; level++) chain = chain.bind(level);
assert.deepStrictEqual(chain(1), [0, 1]);
