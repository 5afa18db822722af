// Promises that follow each other without end can be stopped in between, unlike a loop.
import assert from 'assert';

for (const code of [
  'for (;;) await 0;',
  'const again = () => Promise.resolve().then(again); again();',
  'const again = () => queueMicrotask(again); again();',
  'const again = () => process.nextTick(again); again();',
]) {
  const worker = new Worker(`postMessage(0); ${code}`, { eval: true });
  await new Promise((resolve) => {
    worker.onmessage = resolve;
  });
  const started = performance.now();
  assert.equal(await worker.terminate(), 1);
  assert(performance.now() - started < 1500, code);
}
