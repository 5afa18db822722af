// Ticks that a job queues run before the next promise job.
import assert from 'assert';

const order = [];
await new Promise((resolve) => {
  setTimeout(() => {
    Promise.resolve().then(() => order.push('promise')).then(resolve);
    process.nextTick((name) => order.push(name), 'tick');
  }, 0);
});
assert.deepStrictEqual(order, ['tick', 'promise']);
assert.throws(() => process.nextTick(1), { code: 'ERR_INVALID_ARG_TYPE' });
