// printf directives, and values without one.
import assert from 'assert';
import { format } from 'util';

assert.strictEqual(format('%s is %d', 'Bob', 42.5), 'Bob is 42.5');
assert.strictEqual(format('%i %f', 42.9, '3.5'), '42 3.5');
assert.strictEqual(format('%j %O', { a: 1 }, { b: [1] }), '{"a":1} { b: [ 1 ] }');
assert.strictEqual(format('%c%%', 'color: red'), '%');
assert.strictEqual(format('%s', 'a', { b: 1 }, 'c'), 'a { b: 1 } c');
assert.strictEqual(format('%d%', 1), '1%');
assert.strictEqual(format('%s %s', 'one'), 'one %s');
assert.strictEqual(format('100%'), '100%');
assert.strictEqual(format('%s', -0), '-0');
