// A cycle is marked where it starts and where it closes.
import assert from 'assert';
import { inspect } from 'util';

const object = { name: 'c' };
object.self = object;
assert.strictEqual(inspect(object), "<ref *1> { name: 'c', self: [Circular *1] }");
