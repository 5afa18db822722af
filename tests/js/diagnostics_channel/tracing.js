// A tracing channel tells of what begins, ends and fails.
import assert from 'assert';
import { tracingChannel } from 'diagnostics_channel';

const seen = [];
const tracing = tracingChannel('work');
const handlers = Object.fromEntries(['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map(
  (name) => [name, (context) => seen.push([name, context.result ?? context.error?.message])],
));
tracing.subscribe(handlers);
assert.equal(tracing.traceSync((a, b) => a + b, {}, null, 1, 2), 3);
assert.throws(() => tracing.traceSync(() => { throw new Error('no'); }), { message: 'no' });
assert.equal(await tracing.tracePromise(async () => 4), 4);
assert.equal(tracing.unsubscribe(handlers), true);
tracing.traceSync(() => 5);
assert.deepEqual(seen, [
  ['start', undefined], ['end', 3],
  ['start', undefined], ['error', 'no'], ['end', 'no'],
  ['start', undefined], ['end', undefined], ['asyncStart', 4], ['asyncEnd', 4],
]);
