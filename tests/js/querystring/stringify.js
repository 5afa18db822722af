// stringify() repeats arrays and leaves out what is no value.

import assert from 'node:assert';

import querystring from 'node:querystring';

const { stringify } = querystring;
assert.equal(
  stringify({ a: [1, 'x y'], b: true, c: null, d: undefined, e: 5n }),
  'a=1&a=x%20y&b=true&c=&d=&e=5',
);
assert.equal(stringify({ a: 1, b: 'é&=' }, ';', ':'), 'a:1;b:%C3%A9%26%3D');
assert.equal(stringify({ a: NaN, b: {} }), 'a=&b=');
assert.equal(stringify('x'), '');
assert.equal(querystring.escape("~!'()*"), "~!'()*");
assert.equal(querystring.unescape('%41%'), 'A%');
assert.throws(() => stringify({ a: '\ud800' }), { code: 'ERR_INVALID_URI' });
