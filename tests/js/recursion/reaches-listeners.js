// A recursion that is too deep in a callback of the loop is heard by `uncaughtException`.

import assert from 'assert';

const descend = (depth) => descend(depth + 1) + 1;
const places = {
  setTimeout: () => setTimeout(descend, 1, 0),
  setImmediate: () => setImmediate(descend, 0),
  nextTick: () => process.nextTick(descend, 0),
  queueMicrotask: () => queueMicrotask(descend),
  listener: () => {
    const target = new EventTarget();
    target.addEventListener('x', descend);
    target.dispatchEvent(new Event('x'));
  },
};

for (const [name, start] of Object.entries(places)) {
  const heard = new Promise((resolve) => process.once('uncaughtException', resolve));
  setTimeout(start);
  const error = await heard;
  assert.ok(error instanceof RangeError, name);
  assert.match(error.message, /^too deep recursion/, name);
}

// So is a promise that nobody handles.
const heard = new Promise((resolve) => process.once('unhandledRejection', resolve));
Promise.resolve().then(() => descend(0));
assert.ok((await heard) instanceof RangeError);
