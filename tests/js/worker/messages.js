// Messages go to a worker and back, in order, also those that are sent before it runs.
import assert from 'assert';
import { isMainThread, parentPort } from 'worker_threads';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { type: 'module' });
  const said = [];
  worker.onmessage = (event) => {
    assert(event instanceof MessageEvent);
    assert.equal(event.target, worker);
    said.push(event.data);
    if (said.length === 100) worker.postMessage('end');
  };
  worker.onclose = (event) => {
    assert.equal(event.code, 0);
    assert.equal(event.wasClean, true);
    assert.deepEqual(said, Array.from({ length: 100 }, (_, n) => ({ n: n * 2 })));
  };
  for (let n = 0; n < 100; n++) worker.postMessage({ n });
} else {
  parentPort.on('message', (message) => {
    if (message === 'end') parentPort.close();
    else parentPort.postMessage({ n: message.n * 2 });
  });
}
