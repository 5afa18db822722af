// A name that comes twice takes the later value, and __proto__ is a name like any other.
import assert from 'assert';

const twice = JSON.parse('{"a":1,"b":2,"a":3}');
assert.deepStrictEqual(Object.entries(twice), [['a', 3], ['b', 2]]);

const value = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
assert.strictEqual(Object.getPrototypeOf(value), Object.prototype);
assert.deepStrictEqual(Object.keys(value), ['__proto__', 'constructor']);
assert.strictEqual(value.polluted, undefined);
assert.strictEqual({}.polluted, undefined);

// An accessor that a script puts on Object.prototype does not see what is parsed.
Object.defineProperty(Object.prototype, 'trap', { set() { throw new Error('seen'); } });
assert.strictEqual(JSON.parse('{"trap":1}').trap, 1);
