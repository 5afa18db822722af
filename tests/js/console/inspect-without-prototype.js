// Objects of the language whose prototype was taken away.
import assert from 'assert';
import { inspect } from 'util';

for (const [object, text] of [
  [{ a: 1 }, '[Object: null prototype] { a: 1 }'],
  [[1, 2], '[Array(2): null prototype] [ 1, 2 ]'],
  [new Map([[1, 2]]), '[Map(1): null prototype] { 1 => 2 }'],
  [class Q {}, '[class Q extends [null prototype]]'],
  [/x/g, '[RegExp: null prototype] /x/g'],
  [new Uint8Array(2), '[Uint8Array(2): null prototype] [ 0, 0 ]'],
  [new WeakMap(), '[WeakMap: null prototype] { <items unknown> }'],
  [new Number(3), '[Number (null prototype): 3]'],
]) {
  assert.strictEqual(inspect(Object.setPrototypeOf(object, null)), text);
}
assert.match(inspect(Object.setPrototypeOf(new Error('e'), null)), /^\[Error: null prototype\]: e\n/);
assert.strictEqual(inspect(new WeakMap()), 'WeakMap { <items unknown> }');
assert.strictEqual(inspect(new Map([[1, 2]]).keys()), '[Map Iterator] { <items unknown> }');
