// Deep equality, loose and strict.

import assert from 'node:assert';

const a = { x: [1, { y: new Map([['k', new Set([1])]]) }], d: new Date(5) };
assert.deepStrictEqual(a, structuredClone(a));
assert.deepEqual({ a: 1 }, { a: '1' });
assert.notDeepStrictEqual({ a: 1 }, { a: '1' });
assert.notDeepEqual({ a: 1 }, { a: 2 });
assert.throws(() => assert.deepStrictEqual([1, 2], [1, 3]), assert.AssertionError);
assert.throws(() => assert.deepEqual({ a: 1 }, { a: 1, b: 2 }), assert.AssertionError);
assert.throws(() => assert.notDeepStrictEqual([1], [1]), assert.AssertionError);
