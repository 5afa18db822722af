// partialDeepStrictEqual: the actual value has all that is expected, and may have more.

import assert, { partialDeepStrictEqual as partial } from 'node:assert';

partial({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } });
partial([1, 2, 3, 4], [2, 4]);
partial(new Set([1, { a: 1, b: 2 }]), new Set([{ a: 1 }]));
partial(new Map([['a', { x: 1, y: 2 }], ['b', 2]]), new Map([['a', { y: 2 }]]));
partial(new Date(5), new Date(5));
partial(Object.assign(new Error('x'), { code: 'E', more: 1 }), Object.assign(new Error('x'), { code: 'E' }));
const [a, b] = [{ n: 1, m: 2 }, { n: 1 }];
[a.self, b.self] = [a, b];
partial(a, b);
for (const [actual, expected] of [
  [{ a: 1 }, { a: '1' }],
  [{ a: 1 }, { b: 1 }],
  [[1, 2], [2, 1]],
  [[1], [1, 1]],
  [new Set([1]), new Set([2])],
  [new Map([['a', 1]]), new Map([['a', 2]])],
  [{}, []],
  [1, 2],
  [new Date(5), new Date(6)],
]) assert.throws(() => partial(actual, expected), { code: 'ERR_ASSERTION', operator: 'partialDeepStrictEqual' });
assert.strict.partialDeepStrictEqual({ a: 1 }, {});
