// Ticks come before promise jobs, those before immediates; timers by their time, then their turn.

import assert from 'assert';
import * as timers from 'node:timers';

assert.strictEqual(timers.setTimeout, setTimeout);
const seen = [];
const { promise, resolve } = Promise.withResolvers();
setTimeout(() => {
  setTimeout(() => seen.push('timer 20'), 20);
  setTimeout((...given) => seen.push(`timer 5 ${given}`), 5, 'a', 'b');
  setTimeout(() => seen.push('timer 5 too'), 5);
  setImmediate(() => seen.push('immediate'));
  queueMicrotask(() => seen.push('microtask'));
  process.nextTick(() => seen.push('tick'));
  clearTimeout(setTimeout(() => seen.push('cleared'), 1));
  let turns = 0;
  const interval = setInterval(() => {
    turns += 1;
    if (turns < 3) return;
    clearInterval(interval);
    seen.push('interval');
    resolve();
  }, 15);
}, 0);
await promise;
assert.deepStrictEqual(
  seen,
  ['tick', 'microtask', 'immediate', 'timer 5 a,b', 'timer 5 too', 'timer 20', 'interval'],
);
