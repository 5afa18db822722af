// A test that fails says so in `t.error` and `t.passed`, which its hooks can see.

import assert from 'node:assert';
import test from 'node:test';

const seen = [];

test('fails, as its hook sees', { todo: true }, async (t) => {
  t.afterEach((each) => seen.push([each.name, each.passed]));
  await t.test('passes', () => {});
  await t.test('fails', { todo: true }, () => {
    throw new Error('no');
  });
});

test('a mock of console.log does not catch the report', (t) => {
  const log = t.mock.method(console, 'log', () => {});
  console.log('nobody sees this');
  assert.strictEqual(log.mock.callCount(), 1);
});

test('both were seen', () => {
  assert.deepStrictEqual(seen.map(([name]) => name), ['passes', 'fails']);
});
