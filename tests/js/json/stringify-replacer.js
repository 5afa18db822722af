// A replacer and spaces are applied as the specification says.
import assert from 'assert';

const value = { a: [1, { b: 2 }], c: 'x' };
assert.strictEqual(JSON.stringify(value, ['a', 'b']), '{"a":[1,{"b":2}]}');
assert.strictEqual(JSON.stringify(value, (key, value) => key === 'a' ? undefined : value),
    '{"c":"x"}');
assert.strictEqual(JSON.stringify([1, { a: 2 }], null, 2), '[\n  1,\n  {\n    "a": 2\n  }\n]');
assert.strictEqual(JSON.stringify([1], null, '--'), '[\n--1\n]');
assert.strictEqual(JSON.stringify([1], null, 0), '[1]');
assert.strictEqual(JSON.stringify([1], undefined, undefined), '[1]');
