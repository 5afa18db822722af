// Headers are made of an object, of pairs and of other Headers.
import assert from 'assert';

const entries = (init) => [...new Headers(init)];
assert.deepStrictEqual(entries(), []);
assert.deepStrictEqual(entries(undefined), []);
assert.deepStrictEqual(entries({ B: 1, a: [2, 3], c: null }), [['a', '2,3'], ['b', '1'], ['c', 'null']]);
assert.deepStrictEqual(entries([['a', '1'], new Set(['b', '2']), ['A', '3']]), [['a', '1, 3'], ['b', '2']]);
assert.deepStrictEqual(entries(new Map([['a', '1']])), [['a', '1']]);
assert.deepStrictEqual(entries(Object.create({ a: 1 }, { b: { value: 2, enumerable: true } })), [['b', '2']]);
assert.deepStrictEqual(entries(() => 1), []);

const first = new Headers([['Set-Cookie', 'a=1'], ['set-cookie', 'b=2'], ['x', '1']]);
const copy = new Headers(first);
copy.delete('x');
assert.deepStrictEqual([...first].length, 3);
assert.deepStrictEqual(copy.getSetCookie(), ['a=1', 'b=2']);

// One that iterates in its own way is asked for its pairs.
first[Symbol.iterator] = function* pairs() {
  yield ['own', 'way'];
};
assert.deepStrictEqual(entries(first), [['own', 'way']]);

// A proxy is asked for its keys, whether they are enumerable, and its values.
const asked = [];
const proxy = new Proxy({ a: '1', b: '2' }, {
  ownKeys: () => (asked.push('keys'), ['a', 'b']),
  getOwnPropertyDescriptor: (object, key) => {
    asked.push(`descriptor ${key}`);
    return { value: object[key], enumerable: key === 'a', configurable: true };
  },
  get: (object, key) => (asked.push(`get ${String(key)}`), object[key]),
});
assert.deepStrictEqual(entries(proxy), [['a', '1']]);
assert.deepStrictEqual(asked, [
  'get Symbol(Symbol.iterator)', 'keys', 'descriptor a', 'get a', 'descriptor b',
]);

for (const init of [null, 1, '', [['a']], [['a', 'b', 'c']], ['ab'], { [Symbol()]: 'x' }]) {
  assert.throws(() => new Headers(init), TypeError, String(init));
}
assert.throws(() => Headers(), TypeError);
