// `t.plan`: so many assertions and subtests, no more and no less.

import test from 'node:test';

test('assertions count', (t) => {
  t.plan(2);
  t.assert.ok(true);
  t.assert.strictEqual(1, 1);
});

test('subtests count', async (t) => {
  t.plan(2);
  await t.test('inner', (inner) => {
    inner.plan(1);
    inner.assert.deepStrictEqual([1], [1]);
  });
  t.assert.ok(true);
});

test('the plan of options', { plan: 1 }, (t) => {
  t.assert.ok(true);
});

test('may be waited for', (t) => {
  t.plan(1, { wait: 5000 });
  setTimeout(() => t.assert.ok(true), 5);
});

test('is made once', (t) => {
  t.plan(1);
  t.assert.throws(() => t.plan(2), { message: 'cannot set plan more than once' });
});
