// A SharedArrayBuffer is the same memory in all workers that have it.
import assert from 'assert';

const shared = new SharedArrayBuffer(8);
const counts = new Int32Array(shared);
const code = `
  onmessage = ({ data }) => {
    const counts = new Int32Array(data);
    for (let i = 0; i < 1000; i++) Atomics.add(counts, 0, 1);
    postMessage(0);
    close();
  };
`;
const workers = Array.from({ length: 4 }, () => new Worker(code, { eval: true }));
await Promise.all(workers.map((worker) => new Promise((resolve) => {
  worker.onmessage = resolve;
  worker.postMessage(shared);
})));
assert.equal(counts[0], 4000);
