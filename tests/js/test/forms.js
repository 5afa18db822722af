// A test may be declared by a name, options and a function, in this order, each of them optional.

import assert from 'node:assert';
import test, { describe, it, suite } from 'node:test';

const seen = [];

test('a name and a function', (t) => seen.push(t.name));
test('a name, options and a function', { timeout: 1000 }, (t) => seen.push(t.name));
test(function namedFunction(t) {
  seen.push(t.name);
});
test({ name: 'options with a name' }, (t) => seen.push(t.name));
test((t) => seen.push(t.name));
it('it', (t) => seen.push(t.name));
describe('describe', () => {
  it('inside', (t) => seen.push(t.name));
});
suite('suite', () => {
  test('inside', (t) => seen.push(t.name));
});
test('nothing to do');

test('all of them have run, one after the other', () => {
  assert.deepStrictEqual(seen, [
    'a name and a function', 'a name, options and a function', 'namedFunction',
    'options with a name', '<anonymous>', 'it', 'inside', 'inside',
  ]);
});

test('what is no option is refused', () => {
  const wrong = (options, code) => assert.throws(() => test('wrong', options, () => {}), { code });
  wrong({ timeout: 'soon' }, 'ERR_INVALID_ARG_TYPE');
  wrong({ timeout: -1 }, 'ERR_OUT_OF_RANGE');
  wrong({ concurrency: 'many' }, 'ERR_INVALID_ARG_TYPE');
  wrong({ concurrency: -1 }, 'ERR_OUT_OF_RANGE');
  wrong({ signal: {} }, 'ERR_INVALID_ARG_TYPE');
});
