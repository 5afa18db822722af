// The store of AsyncLocalStorage goes along with whatever a callback registers.

import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as later } from 'node:timers/promises';

const storage = new AsyncLocalStorage();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function* numbers(store) {
  yield 1;
  await null;
  assert.strictEqual(storage.getStore(), store);
  yield 2;
}

async function work(store) {
  const check = () => assert.strictEqual(storage.getStore(), store);
  check();
  await null;
  check();
  await sleep(1);
  check();
  await later(1);
  check();
  await new Promise((resolve) => setImmediate(resolve));
  check();
  await new Promise((resolve) => process.nextTick(resolve));
  check();
  await new Promise((resolve) => queueMicrotask(resolve));
  check();
  await Promise.all([sleep(1), Promise.resolve().then(check), sleep(1).finally(check)]);
  check();
  for await (const number of numbers(store)) check(number);
  await Promise.reject(new Error('x')).catch(check);
  try {
    await Promise.reject(new Error('x'));
  } catch {
    check();
  }
  await { then(resolve) { setTimeout(resolve, 1); } };
  check();
  const inner = await storage.run('inner', async () => {
    await sleep(1);
    return storage.getStore();
  });
  assert.strictEqual(inner, 'inner');
  check();
  await new Promise((resolve) => {
    let count = 0;
    const interval = setInterval(() => {
      check();
      if (++count < 2) return;
      clearInterval(interval);
      resolve();
    }, 1);
  });
  return store;
}

// Side by side, and none sees another's.
const stores = await Promise.all([1, 2, 3].map((store) => storage.run(store, work, store)));
assert.deepStrictEqual(stores, [1, 2, 3]);
assert.strictEqual(storage.getStore(), undefined);
