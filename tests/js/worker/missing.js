// A worker that cannot be loaded is an error event, as any fault in it.
import assert from 'assert';

function run(url) {
  return new Promise((resolve) => {
    const worker = new Worker(url);
    worker.onerror = ({ error, message }) => resolve({ error, message, worker });
  });
}

let { error, message, worker } = await run(new URL('./no-such-worker.mjs', import.meta.url));
assert.equal(error.name, 'TypeError');
assert.match(error.message, /^cannot find the worker .*\/no-such-worker\.mjs: no such file$/);
assert.equal(message, `Uncaught TypeError: ${error.message}`);
await new Promise((resolve) => {
  worker.onclose = resolve;
});
({ error } = await run('./no-such-worker.mjs'));
assert.match(error.message, /: no such file$/);
({ error } = await run(new URL('.', import.meta.url)));
assert.match(error.message, /: it is a directory$/);
