// superjson: values that JSON does not know, there and back.
import assert from 'assert';
import superjson from 'superjson';

const value = {
  when: new Date(1e12), id: 2n ** 70n, all: new Set([1, 'two']), by: new Map([['a', /x+/gi]]),
  nothing: undefined, bad: NaN, url: new URL('https://example.com/a'),
};
const back = superjson.parse(superjson.stringify(value));
assert.deepEqual(back, value);
assert.ok(back.when instanceof Date && back.by.get('a') instanceof RegExp);
