// Listeners run in order, with the target as this, and see the event at its target.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const target = new EventTarget();
const seen = [];
target.addEventListener('x', function (event) {
  seen.push(1);
  equal(this, target);
  equal(event.target, target);
  equal(event.currentTarget, target);
  equal(event.eventPhase, Event.AT_TARGET);
  equal(event.composedPath()[0], target);
});
const object = {
  handleEvent() {
    seen.push(2);
    equal(this, object);
  },
};
target.addEventListener('x', object);
target.addEventListener('x', object);
target.addEventListener('y', () => seen.push('y'));
const event = new Event('x');
equal(target.dispatchEvent(event), true);
equal(seen.join(), '1,2');
equal(event.target, target);
equal(event.currentTarget, null);
equal(event.eventPhase, Event.NONE);
equal(event.composedPath().length, 0);
