// Names that were chosen to have the same hash in the engine are refused; many names, or one name
// many times, are not.

import assert from 'assert';
import querystring from 'querystring';

// Either piece weighs the same in the hash, so that any row of so many does.
const pieces = ['azzaazzzzaaz', 'yvfnvvwpbafx'];
const colliding = (bits) =>
  Array.from({ length: 2 ** bits }, (_, number) =>
    Array.from({ length: bits }, (_, bit) => pieces[(number >> bit) & 1]).join(''),
  );
const refused = { name: 'RangeError', message: /property names with the same hash/ };
const all = { maxKeys: 0 };

assert.throws(() => querystring.parse(colliding(7).join('&')), refused);
assert.throws(() => querystring.parse(`${colliding(10).join('=1&')}=1`, '&', '=', all), refused);
assert.strictEqual(Object.keys(querystring.parse(colliding(5).join('&'))).length, 32);
const many = Array.from({ length: 4000 }, (_, number) => `name ${number}`);
assert.strictEqual(Object.keys(querystring.parse(many.join('&'), '&', '=', all)).length, 4000);
const { a } = querystring.parse('a=1&'.repeat(1000), '&', '=', all);
assert.strictEqual(a.length, 1000);

// The parameters of a URL are a list; made an object, they meet the same end.
const params = new URLSearchParams(colliding(7).join('&'));
assert.strictEqual(params.size, 128);
assert.throws(() => Object.fromEntries(params), refused);
const again = new URLSearchParams('a=1&'.repeat(1000));
assert.deepStrictEqual(Object.fromEntries(again), { a: '1' });
assert.deepStrictEqual(Object.fromEntries([['b', 2]]), { b: 2 });
assert.deepStrictEqual([Object.fromEntries.name, Object.fromEntries.length], ['fromEntries', 1]);
assert.throws(() => Object.fromEntries(), TypeError);
