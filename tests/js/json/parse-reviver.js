// A reviver sees every value from the inside out, and anything else in its place is ignored.
import assert from 'assert';

const seen = [];
const value = JSON.parse('{"a":[1,2],"b":"x"}', function (key, value) {
    seen.push(key);
    return typeof value === 'number' ? value * 2 : value;
});
assert.deepStrictEqual(value, { a: [2, 4], b: 'x' });
assert.deepStrictEqual(seen, ['0', '1', 'a', 'b', '']);
assert.deepStrictEqual(JSON.parse('[1]', 'no function'), [1]);

// The text is converted once.
let conversions = 0;
JSON.parse({ toString() { conversions += 1; return '{}'; } });
assert.strictEqual(conversions, 1);
