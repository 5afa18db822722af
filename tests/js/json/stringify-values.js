// JSON.stringify writes own enumerable properties, numbers as scripts write them.
import assert from 'assert';

assert.strictEqual(
    JSON.stringify({ b: [1, -0, 0.1, 1e21, 1e-7, NaN, Infinity], 2: 'two', 1: 'one', a: null }),
    '{"1":"one","2":"two","b":[1,0,0.1,1e+21,1e-7,null,null],"a":null}',
);
assert.strictEqual(JSON.stringify([undefined, () => 1, Symbol()]), '[null,null,null]');
assert.strictEqual(JSON.stringify({ a: undefined, b() {}, [Symbol()]: 1, c: 1 }), '{"c":1}');
assert.strictEqual(JSON.stringify([1, , 3]), '[1,null,3]');
assert.strictEqual(JSON.stringify({}), '{}');
assert.strictEqual(JSON.stringify([[], {}]), '[[],{}]');
assert.strictEqual(JSON.stringify(undefined), undefined);
assert.strictEqual(JSON.stringify(new Map([[1, 2]])), '{}');
assert.strictEqual(JSON.stringify([new Number(1), new String('s'), new Boolean(false)]),
    '[1,"s",false]');

class Point {
    x = 1;
    #hidden = 2;
    get y() { return this.#hidden; }
}
assert.strictEqual(JSON.stringify(new Point()), '{"x":1}');
assert.strictEqual(JSON.stringify({ get seen() { return 'yes'; } }), '{"seen":"yes"}');

const table = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`key${at}`, at]));
assert.deepStrictEqual(JSON.parse(JSON.stringify(table)), table);
