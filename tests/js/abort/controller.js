// abort() sets the reason, then fires one abort event.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

const controller = new AbortController();
const { signal } = controller;
let events = 0;
signal.onabort = (event) => {
  events++;
  equal(event.type, 'abort');
  equal(event.target, signal);
  equal(signal.aborted, true);
};
equal(signal.aborted, false);
equal(signal.reason, undefined);
signal.throwIfAborted();
controller.abort('why');
controller.abort('again');
equal(events, 1);
equal(signal.reason, 'why');
let thrown;
try {
  signal.throwIfAborted();
} catch (error) {
  thrown = error;
}
equal(thrown, 'why');
