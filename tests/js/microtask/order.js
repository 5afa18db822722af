// Microtasks run after the script, in order, between promise jobs.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run, name) {
  try {
    run();
  } catch (error) {
    equal(error.name, name);
    return;
  }
  throw new Error(`${run} did not throw`);
}

const seen = [];
queueMicrotask(() => {
  seen.push(1);
  queueMicrotask(() => seen.push(3));
});
Promise.resolve().then(() => seen.push(2));
seen.push(0);
equal(seen.join(), '0');
await new Promise((resolve) => setTimeout(resolve, 1));
equal(seen.join(), '0,1,2,3');
equal(queueMicrotask.length, 1);
fails(() => queueMicrotask(5), 'TypeError');
