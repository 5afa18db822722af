// timers/promises, and what `util.promisify` makes of timers.
import assert from 'assert';
import timers from 'timers';
import { scheduler, setImmediate as immediate, setInterval as interval, setTimeout as timeout } from 'timers/promises';
import { promisify } from 'util';

assert.strictEqual(await timeout(1, 'value'), 'value');
assert.strictEqual(await immediate('now'), 'now');
assert.strictEqual(await promisify(setTimeout)(1, 'sleep'), 'sleep');
assert.strictEqual(await promisify(setImmediate)('tick'), 'tick');
assert.strictEqual(timers.promises.setTimeout, timeout);

const seen = [];
for await (const value of interval(1, 'beat')) {
  if (seen.push(value) === 3) break;
}
assert.deepStrictEqual(seen, ['beat', 'beat', 'beat']);

const controller = new AbortController();
const waiting = timeout(100_000, null, { signal: controller.signal });
controller.abort('enough');
await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
await assert.rejects(timeout(1, null, { signal: controller.signal }), { name: 'AbortError' });
await assert.rejects(timeout(1, null, { signal: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
await assert.rejects(timeout(1, null, 5), { code: 'ERR_INVALID_ARG_TYPE' });
await scheduler.wait(1);
await scheduler.yield();
timeout(100_000, null, { ref: false });
