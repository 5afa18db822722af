// What a tick or a microtask throws is reported before the next one runs.

import assert from 'assert';

const order = [];
process.on('uncaughtException', (error) => order.push(error.message));

await new Promise((resolve) => {
  setTimeout(() => {
    queueMicrotask(() => {
      throw new Error('from job');
    });
    queueMicrotask(() => order.push('job'));
    process.nextTick(() => {
      throw new Error('from tick');
    });
    process.nextTick(() => order.push('tick'));
    setTimeout(resolve, 0);
  }, 0);
});
process.removeAllListeners('uncaughtException');
assert.deepStrictEqual(order, ['from tick', 'tick', 'from job', 'job']);
