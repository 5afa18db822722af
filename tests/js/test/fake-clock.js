// `fakeClock`: time passes at once, step by step.

import assert from 'node:assert';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeClock } from 'krandog:test';

test('timers run in their order, each at its time', async () => {
  const clock = fakeClock();
  const began = performance.now();
  const seen = [];
  const note = (name) => () => seen.push([name, Math.floor((performance.now() - began) / 1000)]);
  setTimeout(note('late'), 60_000);
  setTimeout(() => {
    note('early')();
    setTimeout(note('nested'), 5_000);
  }, 10_000);
  const repeated = setInterval(note('often'), 25_000);
  await clock.advance(61_000);
  clearInterval(repeated);
  assert.deepStrictEqual(seen, [
    ['early', 10], ['nested', 15], ['often', 25], ['often', 50], ['late', 60],
  ]);
});

test('not before their time', async () => {
  const clock = fakeClock();
  let called = false;
  setTimeout(() => {
    called = true;
  }, 3_600_000);
  await clock.advance(1_800_000);
  assert.strictEqual(called, false);
  await clock.advance(1_800_000);
  assert.strictEqual(called, true);
});

test('promises go on meanwhile', async () => {
  const clock = fakeClock();
  const steps = [];
  const work = (async () => {
    for (let step = 0; step < 3; step++) {
      await sleep(1000);
      steps.push(step);
    }
  })();
  await clock.advance(3500);
  await work;
  assert.deepStrictEqual(steps, [0, 1, 2]);
});

test('Date follows', async () => {
  const before = Date.now();
  await fakeClock().advance(86_400_000);
  assert.ok(Date.now() - before >= 86_400_000);
});

test('one at a time', async () => {
  const clock = fakeClock();
  const first = clock.advance(1000);
  await assert.rejects(clock.advance(1000), { code: 'ERR_INVALID_STATE' });
  await first;
  await assert.rejects(clock.advance(-1), { code: 'ERR_OUT_OF_RANGE' });
  await assert.rejects(clock.advance('a while'), { code: 'ERR_INVALID_ARG_TYPE' });
});

test('a test has all of its time', { timeout: 10_000 }, async () => {
  await fakeClock().advance(100_000);
});
