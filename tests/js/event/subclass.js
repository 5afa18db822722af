// Classes of scripts extend EventTarget and Event.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

class Counter extends EventTarget {
  #count = 0;
  increment() {
    this.#count++;
    this.dispatchEvent(new Changed(this.#count));
  }
}
class Changed extends Event {
  constructor(value) {
    super('changed');
    this.value = value;
  }
}
const counter = new Counter();
let seen = 0;
counter.addEventListener('changed', (event) => {
  equal(event instanceof Changed, true);
  seen = event.value;
});
counter.increment();
counter.increment();
equal(seen, 2);
