// `mock.timers`: time stands still until `tick`, and what is due runs at once.

import assert from 'node:assert';
import test, { mock } from 'node:test';
import timers from 'node:timers';
import promises from 'node:timers/promises';

test('setTimeout', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const calls = [];
  setTimeout((value) => calls.push(value), 100, 'global');
  timers.setTimeout(() => calls.push('module'), 50);
  const never = setTimeout(() => calls.push('never'), 70);
  clearTimeout(never);
  t.mock.timers.tick(49);
  assert.deepStrictEqual(calls, []);
  t.mock.timers.tick(1);
  assert.deepStrictEqual(calls, ['module']);
  t.mock.timers.tick(1000);
  assert.deepStrictEqual(calls, ['module', 'global']);
});

test('setInterval', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let count = 0;
  const timer = setInterval(() => {
    count += 1;
  }, 10);
  t.mock.timers.tick(35);
  assert.strictEqual(count, 3);
  clearInterval(timer);
  t.mock.timers.tick(100);
  assert.strictEqual(count, 3);
});

test('setImmediate', (t) => {
  t.mock.timers.enable({ apis: ['setImmediate'] });
  let called = false;
  setImmediate(() => {
    called = true;
  });
  t.mock.timers.tick(0);
  assert.strictEqual(called, true);
});

test('timers/promises', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const waiting = promises.setTimeout(2000, 'value');
  t.mock.timers.tick(2000);
  assert.strictEqual(await waiting, 'value');
});

test('Date', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1000 });
  assert.strictEqual(Date.now(), 1000);
  t.mock.timers.tick(50);
  assert.strictEqual(new Date().getTime(), 1050);
  assert.strictEqual(new Date(5).getTime(), 5);
  t.mock.timers.setTime(9000);
  assert.strictEqual(Date.now(), 9000);
});

test('Date and timers by the same clock', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  let at;
  setTimeout(() => {
    at = Date.now();
  }, 500);
  t.mock.timers.tick(800);
  assert.strictEqual(at, 800);
});

test('runAll', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const calls = [];
  setTimeout(() => calls.push('late'), 3000);
  setTimeout(() => calls.push('early'), 1);
  t.mock.timers.runAll();
  assert.deepStrictEqual(calls, ['early', 'late']);
  assert.strictEqual(Date.now(), 3000);
});

test('everything is back after a test', () => {
  assert.ok(Date.now() > 1e12);
  assert.throws(() => mock.timers.tick(1), { code: 'ERR_INVALID_STATE' });
  mock.timers.enable();
  assert.throws(() => mock.timers.enable(), { code: 'ERR_INVALID_STATE' });
  mock.timers.reset();
  assert.throws(() => mock.timers.enable({ apis: ['sleep'] }), { code: 'ERR_INVALID_ARG_VALUE' });
});
