// A worker in a loop cannot be interrupted: whoever waits for its end is told after a while, and the
// program ends in spite of it.
import assert from 'assert';

const stuck = new Worker("postMessage('looping'); for (;;);", { eval: true });
await new Promise((resolve) => {
  stuck.onmessage = resolve;
});
let closed = 0;
stuck.onclose = () => closed++;
const started = performance.now();
assert.equal(await stuck.terminate(), 1);
assert(performance.now() - started >= 1900);
assert.equal(stuck.threadId, -1);
assert.equal(await stuck.terminate(), 1);
setImmediate(() => assert.equal(closed, 1));
