// maxLoopIterations ends a worker whose loop goes around more often in one call.
import assert from 'assert';

const run = (code) => new Promise((resolve) => {
  const worker = new Worker(code, { eval: true, maxLoopIterations: 1000 });
  worker.onerror = ({ error }) => resolve(error);
  worker.onmessage = ({ data }) => resolve(data);
});

const error = await run('for (;;);');
assert(error instanceof RangeError);
assert.equal(error.message, 'a loop ran more than 1000 times');
assert.equal(await run('let n = 0; while (n < 999) n++; postMessage(n)'), 999);
assert.throws(() => new Worker('', { eval: true, maxLoopIterations: 0 }), {
  code: 'ERR_OUT_OF_RANGE',
});
