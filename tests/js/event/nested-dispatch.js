// An event that is being dispatched cannot be dispatched again; another one can.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
let inner = 0;
target.addEventListener('x', (event) => {
  try {
    target.dispatchEvent(event);
    inner = -1;
  } catch (error) {
    equal(error.name, 'InvalidStateError');
  }
  target.dispatchEvent(new Event('y'));
});
target.addEventListener('y', () => inner++);
const event = new Event('x');
target.dispatchEvent(event);
target.dispatchEvent(event);
equal(inner, 2);
