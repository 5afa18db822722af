// maxKeys counts empty pairs too; 0 and what is not a whole number means no limit.
import assert from 'assert';
import querystring from 'querystring';

const keys = (text, options) => Object.keys(querystring.parse(text, null, null, options)).join();
assert.strictEqual(keys('a&b&c', { maxKeys: 2 }), 'a,b');
assert.strictEqual(keys('&&a', { maxKeys: 2 }), '');
assert.strictEqual(keys('a&b&c', { maxKeys: 0 }), 'a,b,c');
assert.strictEqual(keys('a&b&c', { maxKeys: -1 }), 'a,b,c');
assert.strictEqual(keys('a&b&c', { maxKeys: 1.5 }), 'a,b,c');
assert.strictEqual(keys('a&b&c', { maxKeys: '2' }), 'a,b,c');
const many = Array.from({ length: 1500 }, (_, index) => `k${index}`).join('&');
assert.strictEqual(Object.keys(querystring.parse(many)).length, 1000);
// A decoder of the script's own sees plus signs escaped, and no empty texts.
const seen = [];
querystring.parse('a+b=&=c', null, null, { decodeURIComponent: (text) => seen.push(text) });
assert.deepStrictEqual(seen, ['a%20b', 'c']);
assert.throws(() => querystring.escape('\ud800'), { name: 'URIError', code: 'ERR_INVALID_URI' });
