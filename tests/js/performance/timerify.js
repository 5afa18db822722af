// timerify tells observers, and a histogram, how long a function takes.

import assert from 'node:assert';
import { createHistogram, performance, PerformanceObserver } from 'node:perf_hooks';

const histogram = createHistogram();
function add(a, b) {
  return a + b;
}
const timed = performance.timerify(add, { histogram });
assert.deepStrictEqual([timed.name, timed.length], ['timerified add', 2]);
const told = new Promise((resolve) => {
  const observer = new PerformanceObserver((list) => {
    observer.disconnect();
    resolve(list.getEntries());
  });
  observer.observe({ entryTypes: ['function'] });
});
assert.strictEqual(timed(1, 2), 3);
const [entry] = await told;
assert.deepStrictEqual([entry.name, entry.entryType, entry[0], entry[1]], ['add', 'function', 1, 2]);
assert.ok(entry.duration >= 0);
assert.strictEqual(histogram.count, 1);
assert.strictEqual(await performance.timerify(async () => 5)(), 5);
class Point {}
assert.ok(new (performance.timerify(Point))() instanceof Point);
assert.throws(() => performance.timerify(5), { code: 'ERR_INVALID_ARG_TYPE' });
