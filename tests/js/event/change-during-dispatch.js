// Listeners removed or added while an event is dispatched.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
const seen = [];
const removed = () => seen.push('removed');
target.addEventListener('x', () => {
  seen.push('first');
  target.removeEventListener('x', removed);
  target.addEventListener('x', () => seen.push('added'));
}, { once: true });
target.addEventListener('x', removed);
target.dispatchEvent(new Event('x'));
equal(seen.join(), 'first');
target.dispatchEvent(new Event('x'));
equal(seen.join(), 'first,added');
