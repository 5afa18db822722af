// toJSON is called wherever it comes from, once, also when it appears between two calls.
import assert from 'assert';

const calls = [];
const own = { toJSON(key) { calls.push(key); return 'own'; } };
assert.strictEqual(JSON.stringify({ a: 1, own, list: [own] }), '{"a":1,"own":"own","list":["own"]}');
assert.deepStrictEqual(calls, ['own', '0']);
assert.strictEqual(JSON.stringify({ at: new Date(0) }), '{"at":"1970-01-01T00:00:00.000Z"}');

class Base { toJSON() { return 'base'; } }
class Derived extends Base {}
assert.strictEqual(JSON.stringify([new Derived()]), '["base"]');
assert.strictEqual(JSON.stringify(Object.assign([1], { toJSON: () => 'list' })), '"list"');

for (const [prototype, plain, changed] of [
    [Object.prototype, '{"a":[1]}', '"changed"'],
    [Array.prototype, '{"a":[1]}', '{"a":"changed"}'],
]) {
    assert.strictEqual(JSON.stringify({ a: [1] }), plain);
    prototype.toJSON = () => 'changed';
    assert.strictEqual(JSON.stringify({ a: [1] }), changed);
    delete prototype.toJSON;
    assert.strictEqual(JSON.stringify({ a: [1] }), plain);
}

// A hidden one counts, and one that is no function does not.
const hidden = Object.defineProperty({ a: 1 }, 'toJSON', { value: () => 'hidden' });
assert.strictEqual(JSON.stringify(hidden), '"hidden"');
assert.strictEqual(JSON.stringify({ toJSON: 1 }), '{"toJSON":1}');
