// How busy the loop is.

import assert from 'node:assert';
import { eventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';

const first = performance.eventLoopUtilization();
await new Promise((resolve) => setTimeout(resolve, 20));
for (const start = performance.now(); performance.now() < start + 2;);
const second = eventLoopUtilization();
assert.ok(second.idle > 0 && second.active > 0);
assert.ok(second.utilization > 0 && second.utilization < 1);
const between = eventLoopUtilization(second, first);
assert.ok(between.idle <= second.idle && between.idle > 0);

const delay = monitorEventLoopDelay({ resolution: 2 });
assert.strictEqual(delay.enable(), true);
assert.strictEqual(delay.enable(), false);
await new Promise((resolve) => setTimeout(resolve, 30));
assert.strictEqual(delay.disable(), true);
assert.strictEqual(delay.disable(), false);
assert.ok(delay.count > 0 && delay.min > 0 && delay.max >= delay.min);
assert.throws(() => monitorEventLoopDelay({ resolution: 0 }), { code: 'ERR_OUT_OF_RANGE' });
