// There is a limit to workers that run at once.
import assert from 'assert';

const workers = [];
assert.throws(() => {
  for (;;) workers.push(new Worker('onmessage = () => {}', { eval: true }));
}, { name: 'QuotaExceededError', message: /^100 workers are running, and no more may: terminate\(\)/ });
assert.equal(workers.length, 100);
await Promise.all(workers.map((worker) => worker.terminate()));
const { data } = await new Promise((resolve) => {
  new Worker('postMessage(1)', { eval: true }).onmessage = resolve;
});
assert.equal(data, 1);
