// isDeepStrictEqual: structure, types and prototypes.
import assert from 'assert';
import { isDeepStrictEqual } from 'util';

const cycle = () => {
  const object = { x: 1 };
  object.me = object;
  return object;
};
const equal = [
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }],
  [NaN, NaN],
  [new Map([[{ a: 1 }, 2]]), new Map([[{ a: 1 }, 2]])],
  [new Set([[1]]), new Set([[1]])],
  [new Error('a'), new Error('a')],
  [cycle(), cycle()],
  [new Uint8Array([1]), new Uint8Array([1])],
];
const different = [
  [0, -0],
  [[1, , 3], [1, undefined, 3]],
  [{ a: undefined }, {}],
  [[1], { 0: 1, length: 1 }],
  [Object.create(null), {}],
  [new Set([1]), new Set(['1'])],
  [/a/g, /a/],
  [() => 1, () => 1],
];
for (const [a, b] of equal) assert.ok(isDeepStrictEqual(a, b));
for (const [a, b] of different) assert.ok(!isDeepStrictEqual(a, b));
