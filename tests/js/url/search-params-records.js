// What a URLSearchParams is made of: iterables by their iterator, other objects by their keys.
import assert from 'assert';

const made = (init) => String(new URLSearchParams(init));
assert.strictEqual(made({ '\ud800': 'a', x: 'b', '\udfff': 'c' }), '%EF%BF%BD=c&x=b');
assert.strictEqual(made(Object.assign(() => {}, { a: 1 })), 'a=1');
assert.strictEqual(made(Object.defineProperty({ a: 1 }, 'hidden', { value: 2 })), 'a=1');
assert.throws(() => made({ [Symbol('a')]: 1 }), TypeError);
const params = new URLSearchParams('a=1');
params[Symbol.iterator] = function* () {
  yield ['z', '9'];
};
assert.strictEqual(made(params), 'z=9');
assert.throws(() => made([['a']]), {
  code: 'ERR_INVALID_TUPLE', message: 'Each query pair must be an iterable [name, value] tuple',
});
assert.throws(() => made({ [Symbol.iterator]: 5 }), { code: 'ERR_ARG_NOT_ITERABLE' });
assert.throws(() => new URLSearchParams().append('a'), {
  code: 'ERR_MISSING_ARGS', message: 'The "name" and "value" arguments must be specified',
});
assert.throws(() => new URLSearchParams().forEach(5), {
  message: 'The "callback" argument must be of type function. Received type number (5)',
});
