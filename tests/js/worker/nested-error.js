// An error that nobody hears goes up from worker to worker.
import assert from 'assert';

const inner = "setTimeout(() => { throw new Error('from below'); }, 1)";
const code = `new Worker(${JSON.stringify(inner)}, { eval: true }); onmessage = () => {};`;
const outer = new Worker(code, { eval: true });
const { error } = await new Promise((resolve) => {
  outer.onerror = resolve;
});
assert.equal(error.message, 'from below');
