// parse() makes an object without a prototype.

import assert from 'node:assert';

import querystring from 'node:querystring';

const plain = (text, ...rest) => JSON.stringify(querystring.parse(text, ...rest));
assert.equal(plain('a=1&b=2&a=3&c'), '{"a":["1","3"],"b":"2","c":""}');
assert.equal(plain('a%20b=c+d&=x&&y='), '{"a b":"c d","":"x","y":""}');
assert.equal(plain('a:1;b:2', ';', ':'), '{"a":"1","b":"2"}');
assert.equal(plain('x=%zz&y=%C3%A9&z=%E4'), '{"x":"%zz","y":"é","z":"\ufffd"}');
assert.equal(plain('a=1=2'), '{"a":"1=2"}');
assert.equal(plain('a=1&b=2&c=3', null, null, { maxKeys: 2 }), '{"a":"1","b":"2"}');
assert.equal(plain(''), '{}');
assert.equal(Object.getPrototypeOf(querystring.parse('a=1')), null);
assert.equal(querystring.parse('__proto__=1').__proto__, '1');
assert.equal(querystring.decode, querystring.parse);
