// What krandog and Node.js report alike.

import assert from 'node:assert';
import test, { describe, it } from 'node:test';

test('passes', () => {});
test('fails', () => {
  assert.deepStrictEqual({ a: 1, list: [1, 2, 3] }, { a: 1, list: [1, 5, 3] });
});
test('has subtests', async (t) => {
  await t.test('one', () => {});
  await t.test('two # with a hash', () => {
    throw new Error('two lines\nof words');
  });
  t.diagnostic('said at the end');
});
test('is skipped', { skip: 'for a reason' }, () => {});
test('is to be done', { todo: true }, () => {
  throw new Error('not yet');
});
describe('a suite', () => {
  it('has a test', () => {});
  describe('and a suite', () => {
    it.skip('with a test', () => {});
  });
});
test('takes too long', { timeout: 5 }, async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
});
test('plans', (t) => {
  t.diagnostic('no more');
});
