// Functions, classes, instances and objects without a prototype.
import assert from 'assert';
import { inspect } from 'util';

class Foo {
  a = 1;
}
class Bar extends Foo {}
assert.strictEqual(inspect([Foo, Bar]), '[ [class Foo], [class Bar extends Foo] ]');
assert.strictEqual(inspect(new Bar()), 'Bar { a: 1 }');
assert.strictEqual(inspect(() => 1), '[Function (anonymous)]');
assert.strictEqual(inspect(async function run() {}), '[AsyncFunction: run]');
assert.strictEqual(inspect(Object.create(null)), '[Object: null prototype] {}');
const accessors = { get a() { return 1; }, set b(value) {} };
assert.strictEqual(inspect(accessors), '{ a: [Getter], b: [Setter] }');
class Tagged {
  get [Symbol.toStringTag]() {
    return 'T';
  }
}
assert.strictEqual(inspect(new Tagged()), 'Tagged [T] {}');
