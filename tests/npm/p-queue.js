// p-queue: promises, two at a time.
import assert from 'assert';
import PQueue from 'p-queue';

const queue = new PQueue({ concurrency: 2 });
let running = 0;
let most = 0;
const job = async () => {
  most = Math.max(most, ++running);
  await null;
  running--;
};
await Promise.all(Array.from({ length: 6 }, () => queue.add(job)));
assert.equal(most, 2);
