// Subtests run one after the other, unless `concurrency` has several run at a time.

import assert from 'node:assert';
import { describe, it, test } from 'node:test';

function tracker() {
  const state = { running: 0, most: 0 };
  return {
    state,
    work: async () => {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      state.running -= 1;
    },
  };
}

const one = tracker();
describe('one after the other', () => {
  for (let i = 0; i < 3; i++) it(`number ${i}`, one.work);
});

const two = tracker();
describe('two at a time', { concurrency: 2 }, () => {
  for (let i = 0; i < 5; i++) it(`number ${i}`, two.work);
});

const all = tracker();
test('all at once', { concurrency: 10 }, async (t) => {
  await Promise.all([1, 2, 3, 4].map((number) => t.test(`number ${number}`, all.work)));
});

test('as many as were asked for', () => {
  assert.deepStrictEqual([one.state.most, two.state.most, all.state.most], [1, 2, 4]);
});
