// Objects deeper than two levels are named, not shown.
import assert from 'assert';
import { inspect } from 'util';

assert.strictEqual(inspect({ a: { b: { c: { d: 1 } } } }), '{ a: { b: { c: [Object] } } }');
assert.strictEqual(inspect({ a: { b: { c: {} } } }), '{ a: { b: { c: {} } } }');
assert.strictEqual(inspect({ a: [[[1]]] }), '{ a: [ [ [Array] ] ] }');
assert.strictEqual(inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }), '{ a: [Object] }');
