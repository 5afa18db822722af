// A worker of TypeScript, and one that its program starts.
import assert from 'assert';

const worker = new Worker(new URL('./own/worker.ts', import.meta.url), { type: 'module' });
const answer = new Promise<unknown>((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
});
worker.postMessage({ side: 4 } satisfies { side: number });
assert.equal(await answer, 16);
worker.terminate();
