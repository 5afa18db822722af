// createHistogram counts values to three digits.

import assert from 'node:assert';
import { createHistogram } from 'node:perf_hooks';

const histogram = createHistogram();
assert.deepStrictEqual([histogram.count, histogram.max, histogram.exceeds], [0, 0, 0]);
assert.ok(Number.isNaN(histogram.mean));
for (let value = 1; value <= 1000; value++) histogram.record(value);
assert.deepStrictEqual([histogram.count, histogram.min, histogram.max], [1000, 1, 1000]);
assert.strictEqual(histogram.mean, 500.5);
assert.strictEqual(histogram.percentile(50), 500);
assert.strictEqual(histogram.percentile(99), 990);
assert.strictEqual(histogram.percentiles.get(100), 1000);
assert.strictEqual(histogram.countBigInt, 1000n);
histogram.record(123456789n);
assert.ok(Math.abs(histogram.max / 123456789 - 1) < 0.001);

const other = createHistogram({ lowest: 1, highest: 100, figures: 1 });
other.record(5);
other.record(101);
assert.deepStrictEqual([other.count, other.exceeds], [1, 1]);
histogram.add(other);
assert.strictEqual(histogram.count, 1002);
histogram.reset();
assert.strictEqual(histogram.count, 0);
histogram.recordDelta();
histogram.recordDelta();
assert.strictEqual(histogram.count, 1);
assert.throws(() => histogram.record(0), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => histogram.record('1'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => histogram.percentile(0), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => createHistogram({ figures: 6 }), { code: 'ERR_OUT_OF_RANGE' });
