// A hundred workers at once, and as many one after the other, are started and end.
import assert from 'assert';

const code = 'onmessage = ({ data }) => postMessage(data * 2)';
const workers = Array.from({ length: 100 }, () => new Worker(code, { eval: true }));
let sum = 0;
await Promise.all(workers.map((worker, n) => new Promise((resolve) => {
  worker.onmessage = ({ data }) => resolve(sum += data);
  worker.postMessage(n);
})));
assert.equal(sum, 9900);
await Promise.all(workers.map((worker) => worker.terminate()));
for (let n = 0; n < 100; n++) {
  const worker = new Worker('postMessage(0)', { eval: true });
  await new Promise((resolve) => {
    worker.onclose = resolve;
  });
}
// What they took is free again: each took some MiB.
assert(process.memoryUsage().rss < 300 << 20);
