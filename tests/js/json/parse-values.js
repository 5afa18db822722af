// JSON.parse makes what the text says, with the keys in the order of a script's own objects.
import assert from 'assert';

const text = ' {"b":[1,-0,2.5,1e3,"é","日本"],"a":{"x":null,"y":true},"2":"two","1":"one"}\n';
const value = JSON.parse(text);
assert.deepStrictEqual(Object.keys(value), ['1', '2', 'b', 'a']);
assert.deepStrictEqual(value.b, [1, -0, 2.5, 1000, 'é', '日本']);
assert.ok(Object.is(value.b[1], -0));
assert.strictEqual(Object.getPrototypeOf(value.a), Object.prototype);
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(value.a, 'x'), {
    value: null, writable: true, enumerable: true, configurable: true,
});
assert.strictEqual(value.b.push('more'), 7);
assert.strictEqual(JSON.parse('123456789012345678901234567890'), 1.2345678901234568e29);
