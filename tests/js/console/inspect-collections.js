// Maps, sets, buffers, promises and boxed primitives show what is in them.
import assert from 'assert';
import { inspect } from 'util';

const shown = [
  [new Map([['k', { a: 1 }]]), "Map(1) { 'k' => { a: 1 } }"],
  [new Set([1, 'a']), "Set(2) { 1, 'a' }"],
  [new Map(), 'Map(0) {}'],
  [new WeakMap(), 'WeakMap { <items unknown> }'],
  [new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
  [new ArrayBuffer(2), 'ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }'],
  [Promise.resolve({ a: 1 }), 'Promise { { a: 1 } }'],
  [new Promise(() => {}), 'Promise { <pending> }'],
  [Object('ab'), "[String: 'ab']"],
  [Object(-0), '[Number: -0]'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [new Date(NaN), 'Invalid Date'],
  [/a\/b/g, '/a\\/b/g'],
];
for (const [value, text] of shown) assert.strictEqual(inspect(value), text);
