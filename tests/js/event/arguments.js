// Wrong receivers and arguments are TypeErrors.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function fails(run) {
  try {
    run();
  } catch (error) {
    equal(error instanceof TypeError, true);
    return;
  }
  throw new Error(`${run} did not throw`);
}
const target = new EventTarget();
fails(() => Event('x'));
fails(() => new Event());
fails(() => EventTarget());
fails(() => target.addEventListener('x'));
fails(() => target.addEventListener('x', 1));
fails(() => target.addEventListener('x', () => {}, { signal: {} }));
fails(() => target.dispatchEvent({}));
fails(() => Event.prototype.type);
fails(() => EventTarget.prototype.addEventListener.call({}, 'x', () => {}));
target.addEventListener('x', null);
target.removeEventListener('x', null);
equal(new Event(null).type, 'null');
