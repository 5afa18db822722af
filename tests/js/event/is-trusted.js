// Every event that a script makes has an accessor of its own, the same one for all of them.
import assert from 'assert';

const [a, b] = [new Event('a'), new CustomEvent('b')];
const own = Object.getOwnPropertyDescriptor(a, 'isTrusted');
assert.strictEqual(own.get, Object.getOwnPropertyDescriptor(b, 'isTrusted').get);
assert.deepStrictEqual([own.set, own.enumerable, own.configurable], [undefined, true, false]);
assert.deepStrictEqual([a.isTrusted, Object.keys(a)], [false, ['isTrusted']]);
assert.throws(() => own.get.call({}), TypeError);
