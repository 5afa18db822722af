// An aborted signal removes the listener.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
const controller = new AbortController();
let count = 0;
target.addEventListener('x', () => count++, { signal: controller.signal });
target.dispatchEvent(new Event('x'));
controller.abort();
target.dispatchEvent(new Event('x'));
target.addEventListener('x', () => count++, { signal: controller.signal });
target.dispatchEvent(new Event('x'));
equal(count, 1);
