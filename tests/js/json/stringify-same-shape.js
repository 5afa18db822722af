// Objects that were alike and have since been changed are written as they are now.
import assert from 'assert';

const make = () => ({ a: 1, b: 2 });
assert.strictEqual(JSON.stringify(make()), '{"a":1,"b":2}');

const hidden = make();
Object.defineProperty(hidden, 'a', { enumerable: false });
assert.strictEqual(JSON.stringify(hidden), '{"b":2}');
assert.strictEqual(JSON.stringify(Object.freeze(make())), '{"a":1,"b":2}');

const computed = make();
Object.defineProperty(computed, 'a', { get: () => 'computed' });
assert.strictEqual(JSON.stringify(computed), '{"a":"computed","b":2}');

const less = make();
delete less.a;
assert.strictEqual(JSON.stringify(less), '{"b":2}');
less.a = 3;
assert.strictEqual(JSON.stringify(less), '{"b":2,"a":3}');

const child = Object.setPrototypeOf(make(), { c: 3, toJSON() { return this.c; } });
assert.strictEqual(JSON.stringify(child), '3');
assert.strictEqual(JSON.stringify(Object.setPrototypeOf(make(), null)), '{"a":1,"b":2}');

// Many shapes, more than are remembered.
for (let round = 0; round < 3; round++) {
    for (let at = 0; at < 600; at++) {
        assert.strictEqual(JSON.stringify({ [`k${at}`]: at, z: 1 }), `{"k${at}":${at},"z":1}`);
    }
}
