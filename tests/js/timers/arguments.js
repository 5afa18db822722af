// What is no function is told by name and by what it was.
import assert from 'assert';

for (const set of [setTimeout, setInterval, setImmediate, queueMicrotask, process.nextTick]) {
  assert.throws(() => set(null), {
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_TYPE',
    message: 'The "callback" argument must be of type function. Received null',
  });
  assert.throws(() => set('console.log(1)'), {
    message: 'The "callback" argument must be of type function. Received type string '
      + "('console.log(1)')",
  });
}
