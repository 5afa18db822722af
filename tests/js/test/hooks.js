// Hooks run around tests: those of outer suites first before, and last after.

import assert from 'node:assert';
import { after, afterEach, before, beforeEach, describe, it, test } from 'node:test';

const order = [];
const note = (what) => () => order.push(what);

before(note('before'));
beforeEach(note('beforeEach'));
afterEach(note('afterEach'));

describe('outer', () => {
  before(note('outer before'));
  after(note('outer after'));
  beforeEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    order.push('outer beforeEach');
  });
  afterEach((t, done) => {
    order.push('outer afterEach');
    done();
  });
  it('first', note('first'));
  describe('inner', () => {
    before(note('inner before'));
    after(note('inner after'));
    it('second', note('second'));
  });
});

test('the order', () => {
  assert.deepStrictEqual(order, [
    'before', 'outer before',
    'beforeEach', 'outer beforeEach', 'first', 'outer afterEach', 'afterEach',
    'inner before',
    'beforeEach', 'outer beforeEach', 'second', 'outer afterEach', 'afterEach',
    'inner after', 'outer after', 'beforeEach',
  ]);
});

test('hooks of a test', async (t) => {
  const own = [];
  t.before(() => own.push('before'));
  t.after(() => own.push('after'));
  t.beforeEach((each) => own.push(`before ${each.name}`));
  t.afterEach((each) => own.push(`after ${each.name}`));
  await t.test('a', () => own.push('a'));
  await t.test('b', () => own.push('b'));
  assert.deepStrictEqual(own, ['before', 'before a', 'a', 'after a', 'before b', 'b', 'after b']);
});

test('a hook has to be a function', () => {
  assert.throws(() => before('no'), { code: 'ERR_INVALID_ARG_TYPE' });
});
