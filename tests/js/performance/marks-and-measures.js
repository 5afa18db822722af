// Marks, measures between them, and the timeline that keeps both.
import assert from 'assert';
import perfHooks, { performance as same } from 'perf_hooks';

assert.strictEqual(same, performance);
assert.strictEqual(perfHooks.PerformanceMark, PerformanceMark);
const detail = { x: 1 };
const mark = performance.mark('a', { startTime: 5, detail });
assert.ok(mark instanceof PerformanceMark && mark instanceof PerformanceEntry);
assert.deepStrictEqual(mark.toJSON(), {
  name: 'a', entryType: 'mark', startTime: 5, duration: 0, detail: { x: 1 },
});
assert.notStrictEqual(mark.detail, detail);
performance.mark('b', { startTime: 9 });
assert.strictEqual(performance.measure('m', 'a', 'b').duration, 4);
assert.strictEqual(performance.measure('n', { start: 1, duration: 2 }).startTime, 1);
assert.strictEqual(performance.measure('o', { end: 8, duration: 3 }).startTime, 5);
assert.strictEqual(performance.measure('p').startTime, 0);
assert.deepStrictEqual(
  performance.getEntries().map(({ name }) => name), ['p', 'n', 'a', 'm', 'o', 'b'],
);
assert.strictEqual(performance.getEntriesByName('a', 'measure').length, 0);
assert.strictEqual(performance.getEntriesByType('measure').length, 4);
performance.clearMarks('a');
performance.clearMeasures();
assert.deepStrictEqual(performance.getEntries().map(({ name }) => name), ['b']);
assert.ok(performance.mark('now').startTime > 0);

assert.throws(() => performance.measure('m', 'never'), {
  name: 'SyntaxError', message: 'The "never" performance mark has not been set',
});
assert.throws(() => performance.mark(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => performance.mark('x', { startTime: -1 }), {
  code: 'ERR_PERFORMANCE_INVALID_TIMESTAMP',
});
assert.throws(() => performance.measure('x', { start: 1 }, 'b'), {
  code: 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS',
});
assert.throws(() => new PerformanceEntry(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
assert.throws(() => new PerformanceMeasure(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
