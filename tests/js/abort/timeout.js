// timeout() aborts with a TimeoutError after a while.

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

const signal = AbortSignal.timeout(5);
equal(signal.aborted, false);
await new Promise((resolve) => {
  // The timer of the signal does not keep the process alive.
  const alive = setInterval(() => {}, 1000);
  signal.onabort = () => {
    clearInterval(alive);
    resolve();
  };
});
equal(signal.aborted, true);
equal(signal.reason.name, 'TimeoutError');
fails(() => AbortSignal.timeout(), 'TypeError');
