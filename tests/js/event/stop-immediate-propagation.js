// stopImmediatePropagation keeps later listeners from running, once.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
const seen = [];
target.addEventListener('x', (event) => {
  seen.push(1);
  if (seen.length === 1) event.stopImmediatePropagation();
});
target.addEventListener('x', () => seen.push(2));
target.dispatchEvent(new Event('x'));
target.dispatchEvent(new Event('x'));
equal(seen.join(), '1,1,2');
