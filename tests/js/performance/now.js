// performance.now() counts milliseconds from timeOrigin.

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

const first = performance.now();
equal(first > 0, true);
let last = first;
while (last === first) last = performance.now();
equal(last > first, true);
equal(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 50, true);
equal(performance.toJSON().timeOrigin, performance.timeOrigin);
equal(performance instanceof EventTarget, true);
