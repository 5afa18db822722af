// once, passive, and capture as part of what a listener is.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
let count = 0;
const listener = () => count++;
target.addEventListener('once', listener, { once: true });
target.dispatchEvent(new Event('once'));
target.dispatchEvent(new Event('once'));
equal(count, 1);

target.addEventListener('capture', listener, true);
target.addEventListener('capture', listener, { capture: false });
target.dispatchEvent(new Event('capture'));
equal(count, 3);
target.removeEventListener('capture', listener);
target.dispatchEvent(new Event('capture'));
equal(count, 4);
target.removeEventListener('capture', listener, { capture: true });
target.dispatchEvent(new Event('capture'));
equal(count, 4);

const cancel = (event) => event.preventDefault();
target.addEventListener('passive', cancel, { passive: true });
equal(target.dispatchEvent(new Event('passive', { cancelable: true })), true);
target.addEventListener('active', cancel);
equal(target.dispatchEvent(new Event('active')), true);
equal(target.dispatchEvent(new Event('active', { cancelable: true })), false);
