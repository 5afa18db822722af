// A tick runs before promise jobs, however many of those the callback before it has run.

import assert from 'assert';

for (const jobs of [1, 62, 63, 64, 65, 126, 127, 128, 129]) {
  await new Promise((resolve) => {
    setTimeout(() => {
      for (let count = 0; count < jobs; count += 1) queueMicrotask(() => {});
      const order = [];
      setTimeout(() => {
        Promise.resolve().then(() => order.push('job'));
        process.nextTick(() => order.push('tick'));
        setTimeout(() => {
          assert.deepStrictEqual(order, ['tick', 'job'], `after ${jobs} jobs`);
          resolve();
        }, 0);
      }, 0);
    }, 0);
  });
}
