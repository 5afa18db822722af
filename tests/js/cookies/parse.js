// A request's cookies by name; the first of several counts, and what is none is passed over.

import assert from 'assert';
import { parseCookies } from 'krandog:cookies';

const parsed = (field, options) => ({ ...parseCookies(field, options) });

for (const [field, expected] of [
  ['a=1; b=2', { a: '1', b: '2' }],
  ['a=1;b=2;', { a: '1', b: '2' }],
  ['  a = 1 ;b= 2', { a: '1', b: '2' }],
  ['a=first; a=second', { a: 'first' }],
  ['a="quoted; b=2"', { a: '"quoted', b: '2"' }],
  ['a="quoted"', { a: 'quoted' }],
  ['a="', { a: '"' }],
  ['a=', { a: '' }],
  ['a=b=c', { a: 'b=c' }],
  ['a; =1; ;; b=2', { b: '2' }],
  ['a=%F0%9F%8D%AA%20x', { a: '🍪 x' }],
  ['a=100%; b=%zz; c=%FF; d=%4', { a: '100%', b: '%zz', c: '%FF', d: '%4' }],
  ['__proto__=1; constructor=2', JSON.parse('{"__proto__":"1","constructor":"2"}')],
  ['a+b=c+d', { 'a+b': 'c+d' }],
  ['', {}],
  [undefined, {}],
  [null, {}],
]) {
  assert.deepStrictEqual(parsed(field), expected, field);
}
assert.deepStrictEqual(parsed('a=%20', { decode: false }), { a: '%20' });
assert.strictEqual(Object.getPrototypeOf(parseCookies('')), null);
assert.deepStrictEqual(parsed({ headers: { cookie: 'a=1' } }), { a: '1' });
assert.deepStrictEqual(parsed({ cookie: 'a=1' }), { a: '1' });
assert.deepStrictEqual(parsed(new Map([['cookie', 'a=1']])), { a: '1' });
assert.deepStrictEqual(parsed({ headers: {} }), {});

assert.throws(() => parseCookies('', { decod: true }), /did you mean decode\?/);
assert.throws(() => parseCookies({ cookie: ['a=1'] }), { code: 'ERR_INVALID_ARG_TYPE' });
